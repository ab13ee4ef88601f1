import { of, rule } from '../../argv/piece.ts'
import { isArch } from '../../capabilities/capabilities.ts'
import type { Bootable, Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { machineOf } from '../../machines/registry.ts'
import { capabilityFlag, defaultRule } from '../../origin/origin.ts'

/** Devices with an order of their own take the place of the list. */
function someDeviceHasBootOrder({ devices }: Context): boolean {
  return Object.values(devices).some((list) => Array.isArray(list) && list.some((device: Bootable) => device.boot))
}

export const osSection = {
  basic: [
    {
      name: 'os/arch',
      apply: (context) => {
        const { type } = context.definition.os
        if (type.arch === undefined) context.set(type, 'arch', context.capabilities.arch, defaultRule('os/arch'))
        else if (!isArch(type.arch)) {
          context.error({
            code: 'os/unknown-arch',
            message: `"${type.arch}" is not an architecture.`,
            hint: `This QEMU emulates ${context.capabilities.arch}.`,
            at: type,
            field: 'arch',
          })
        }
      },
    },
    {
      name: 'os/machine',
      apply: (context) => {
        const { capabilities, accelerator } = context
        const { type } = context.definition.os
        if (type.machine === undefined) {
          const fallback = capabilities.defaultMachine(accelerator)
          if (fallback) context.set(type, 'machine', fallback.name, capabilityFlag('default machine type'))
        } else {
          const canonical = capabilities.canonicalMachine(type.machine, accelerator)
          if (canonical !== type.machine) context.set(type, 'machine', canonical, capabilityFlag('machine type alias'))
        }
        context.useMachine(machineOf(context.arch, type.machine ?? ''))
      },
    },
    {
      name: 'os/boot',
      apply: (context) => {
        const { os } = context.definition
        if (os.boot.length > 0 || someDeviceHasBootOrder(context)) return
        context.insert(os.boot, { dev: 'hd' }, defaultRule('os/boot'))
      },
    },
  ],
  contribute: (context, { machine }) => {
    machine.put('type', context.definition.os.type.machine, of(context.definition.os.type, 'machine'))
    machine.put('usb', false, rule('os/usb-by-devices'))
  },
  argv: {
    accelerator: (context, out) => out.text('-accel', context.accelerator, of(context.definition, 'type')),
    boot: (_context, out) => out.text('-boot', 'strict=on', rule('os/strict-boot')),
  },
} satisfies Section
