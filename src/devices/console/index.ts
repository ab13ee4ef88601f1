import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Flag } from '../../capabilities/flags.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { chardevId, chardevUse, emitChardev } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { checkChardev } from '../../parts/chardev/validate.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { ConsoleTargetType, GuestConsole } from './element.ts'
import { addSerialConsole, fillConsoleTargets, mirrorSerial, serialOf } from './first.ts'

interface Driver {
  readonly driver: string
  readonly needs?: Flag
  /** It sits on a bus; consoles of the service element do not, whatever address they are given (libvirt 11.3 and 12.8 asked). */
  readonly hasPlace?: true
}

/** QEMU's device of a target; a target that is not here is no device of its own or none that QEMU has. */
const drivers: { readonly [T in ConsoleTargetType]?: Driver } = {
  virtio: { driver: 'virtconsole', hasPlace: true },
  sclp: { driver: 'sclpconsole', needs: 's390-sclp' },
  sclplm: { driver: 'sclplmconsole', needs: 'sclplmconsole' },
}

const driverOf = (device: GuestConsole) => drivers[device.target?.type ?? 'serial']

function check(device: GuestConsole, context: Context): void {
  if (serialOf(device, context) !== undefined) return
  checkChardev(device, context)
  const type = device.target?.type ?? 'serial'
  if (type === 'virtio' && device.address && device.address.type !== 'virtio-serial' && device.address.type !== 'ccw') {
    context.error({
      code: 'console/address',
      message: `A console of virtio is a port of a virtio-serial controller: it cannot sit at an address of type ${device.address.type}.`,
      hint: "Remove <address>, or write type='virtio-serial'.",
      at: device.address,
      field: 'type',
      when: 'start',
    })
  }
  const found = drivers[type]
  if (type === 'serial') {
    context.error({
      code: 'console/second-serial',
      message: 'Only the first console can be a serial port.',
      hint: "Write <target type='virtio'/>, or add a <serial> instead.",
      at: device,
    })
  } else if (found === undefined) {
    context.error({
      code: 'console/target-unsupported',
      message: `QEMU has no console of type ${type}.`,
      hint: "Write <target type='virtio'/>.",
      at: device.target ?? device,
      field: 'type',
    })
  } else if (found.needs !== undefined && !context.capabilities.has(found.needs)) {
    context.error({
      code: 'console/target-unsupported',
      message: `This QEMU has no console of type ${type} (capability ${found.needs}).`,
      hint: 'Use another type, or another QEMU.',
      at: device.target ?? device,
      field: 'type',
    })
  }
}

export const consoleKind = {
  basic: [
    { name: 'console/target', doc: 'A console is a serial port if nothing else is said.', apply: fillConsoleTargets },
  ],
  implicit: [
    {
      name: 'console/serial',
      doc: 'The first console and the first serial port are one device.',
      apply: addSerialConsole,
    },
  ],
  // The first one repeats the address of its serial port.
  ownPlaceChecks: { taken: true },
  addressed: [{ name: 'console/is-serial', doc: 'The console shows what its serial port is.', apply: mirrorSerial }],
  virtioSerial: (device) =>
    device.target?.type === 'virtio' && (device.address === undefined || device.address.type === 'virtio-serial')
      ? { isConsole: true, portless: true }
      : undefined,
  alias: (device, index, context) => {
    const port = serialOf(device, context)
    return port ? context.alias(port) : `console${index}`
  },
  check,
  prepareDevice: (device, context) => {
    if (driverOf(device)) prepareChardev(device, context.alias(device), context)
  },
  launchDevice: (device, context, plan) => {
    if (driverOf(device) === undefined) return
    launchChardev(device, context, plan)
    plan.offerConsole(chardevId({ alias: context.alias(device) }))
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.console) {
        const found = driverOf(device)
        if (found === undefined) continue
        const use = chardevUse(device, context)
        emitChardev(device, use, context, out)
        out.device(
          new Properties()
            .put('driver', found.driver, rule('console/driver'))
            .append(found.hasPlace && deviceAddress(device, context))
            .put('chardev', chardevId(use), use.named)
            .id(device, context),
        )
      }
    },
  },
} satisfies DeviceKind<GuestConsole>
