import type { DeviceKind } from '../../context/unit.ts'
import { chardevId } from '../../parts/chardev/argv.ts'
import { launchChardev } from '../../parts/chardev/launch.ts'
import { prepareChardev } from '../../parts/chardev/prepare.ts'
import { emitSerial } from './argv.ts'
import { fillIsaPorts, fillModel, fillPorts, fillTargetType } from './defaults.ts'
import type { Serial } from './element.ts'
import { checkSerial } from './validate.ts'

export const serialKind = {
  implicit: [
    {
      name: 'serial/isa-port',
      doc: 'A port of ISA without a number gets the lowest that is free.',
      apply: fillIsaPorts,
    },
    { name: 'serial/port', doc: 'A port without a number gets the next after the highest.', apply: fillPorts },
  ],
  defaults: [
    { name: 'serial/target-type', doc: "The machine's own kind of serial port.", apply: fillTargetType },
    { name: 'serial/model', doc: "QEMU's device for the target.", apply: fillModel },
  ],
  pci: (device) => (device.target?.type === 'pci-serial' ? { plug: 'pci' } : undefined),
  usb: (device) => (device.target?.type === 'usb-serial' ? {} : undefined),
  spaprVio: (device) => (device.target?.type === 'spapr-vio-serial' ? { firstReg: 0x30000000 } : undefined),
  alias: (_device, index) => `serial${index}`,
  check: checkSerial,
  prepareDevice: (device, context) => prepareChardev(device, context.alias(device), context),
  launchDevice: (device, context, plan) => {
    launchChardev(device, context, plan)
    plan.offerConsole(chardevId({ alias: context.alias(device) }))
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.serial) emitSerial(device, context, out)
    },
  },
} satisfies DeviceKind<Serial>
