import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import { type Parallel, parallelTarget } from './element.ts'

const portRule = defaultRule('parallel/port')

function fillPorts(context: Context): void {
  let highest = -1
  for (const device of context.devices.parallel) {
    if (device.target === undefined)
      context.set(device, 'target', context.made(parallelTarget.create({}), portRule), portRule)
    const target = device.target!
    if (target.port === undefined) context.set(target, 'port', highest + 1, portRule)
    highest = Math.max(highest, target.port!)
  }
}

export const parallelKind = {
  implicit: [
    {
      name: 'parallel/port',
      doc: 'A port without a number gets the next after the highest of those before it.',
      apply: fillPorts,
    },
  ],
  alias: (_device, index) => `parallel${index}`,
  check: (device, context) => {
    checkChardev(device, context)
    if (!context.machine.noParallel) return
    context.error({
      code: 'parallel/machine',
      message: `This machine (${context.machine.family}) has no parallel ports.`,
      hint: 'Remove <parallel>.',
      at: device,
    })
  },
  prepareDevice: (device, context) => prepareChardev(device, context.alias(device), context),
  launchDevice: launchChardev,
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.parallel) {
        const own = chardevUse(device, context)
        // libvirt knows a parallel port by the name that it gives itself (oracle: 11.3).
        const use = own.alias.startsWith('parallel') ? ({ ...own, hostPort: 'parallel' } as const) : own
        emitChardev(device, use, context, out)
        out.device(
          new Properties()
            .put('driver', 'isa-parallel', rule('parallel/driver'))
            .put('chardev', chardevId(use), use.named)
            .id(device, context),
        )
      }
    },
  },
} satisfies DeviceKind<Parallel>
