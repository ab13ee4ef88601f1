import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { defaultRule, implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { dated } from '../../release/dated.ts'
import { type Panic, panic } from './element.ts'
import { checkPanic } from './validate.ts'

/** How the switch of `-cpu` is written. Source: libvirt 11.3 and 12.8. */
const valued = dated(false, ['12.8', true])

/** Firmware or architecture reports a panic by itself there, so the device always exists. */
function addBuiltIn(context: Context): void {
  const model = context.machine.panic
  if (model === undefined || context.devices.panic.some((it) => it.model === undefined || it.model === model)) return
  context.insert(context.devices.panic, panic.create({ model }), implicitRule('panic/built-in'))
}

export const panicKind = {
  implicit: [{ name: 'panic/built-in', doc: 'Always there on pseries and s390x.', apply: addBuiltIn }],
  defaults: [
    {
      name: 'panic/model',
      doc: "The platform's own model, else the ISA device.",
      apply: (device, context) => {
        if (device.model === undefined) {
          const { panic: builtIn, panicModel = 'isa' } = context.machine
          context.set(device, 'model', builtIn ?? panicModel, defaultRule('panic/model'))
        }
      },
    },
  ],
  pci: (device) => (device.model === 'pvpanic' ? { plug: 'pcie', integrated: true } : undefined),
  check: checkPanic,
  contribute: ({ devices, plan }, { cpu }) => {
    for (const device of devices.panic)
      if (device.model === 'hyperv') {
        if (plan.at(valued)) cpu.put('panic', 'hv-crash', true, of(device, 'model'))
        else cpu.word('panic', 'hv-crash', of(device, 'model'))
      }
  },
  argv: {
    devices: (context, out) => {
      for (const device of context.devices.panic) {
        if (device.model === 'isa') {
          const { address } = device
          const properties = new Properties().put('driver', 'pvpanic', rule('panic/driver'))
          // an address without a port is port 0 (libvirt 11.3 and 12.8 asked)
          if (address?.type === 'isa') properties.put('ioport', address.iobase ?? 0, of(address, 'iobase'))
          out.device(properties)
        } else if (device.model === 'pvpanic') {
          const properties = new Properties().put('driver', 'pvpanic-pci', rule('panic/driver'))
          emitDevice(device, properties.append(deviceAddress(device, context)), context, out)
        }
      }
    },
  },
} satisfies DeviceKind<Panic>
