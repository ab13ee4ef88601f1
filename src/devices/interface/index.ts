import type { DeviceKind } from '../../context/unit.ts'
import { hostPciWish } from '../../fragments/host-pci.ts'
import { checkVfToken, vfTokenGate } from '../../fragments/vf-token.ts'
import { capabilityFlag, hostFact } from '../../origin/origin.ts'
import { interfaceArgv } from './argv.ts'
import type { Interface } from './element.ts'

/** The prefix of the MAC addresses that QEMU guests get (formatdomain, "Network interfaces"). */
const qemuPrefix = '52:54:00'

export const interfaceKind = {
  turn: (device) => (device.type === 'hostdev' ? 'hostdev' : undefined),
  defaults: [
    {
      name: 'interface/mac',
      apply: (device, context) => {
        if (device.mac !== undefined) return
        const index = context.devices.interface.indexOf(device)
        const bytes = context.host.random.bytes(3, `/domain/devices/interface[${index + 1}]/mac`)
        const tail = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
        context.set(device, 'mac', { address: `${qemuPrefix}:${tail}` }, hostFact('random bytes'))
      },
    },
    {
      name: 'interface/model',
      apply: (device, context) => {
        if (device.type === 'hostdev' || device.model !== undefined) return
        const model = context.capabilities.has('rtl8139') ? 'rtl8139' : 'virtio'
        context.set(device, 'model', { type: model }, capabilityFlag('rtl8139'))
      },
    },
  ],
  pci: (device, context) => (device.type === 'hostdev' ? hostPciWish(device, context) : { plug: 'pcie' }),
  alias: (_device, index) => `net${index}`,
  gates: [
    {
      ...vfTokenGate,
      when: (device, context) => (device.type === 'hostdev' ? vfTokenGate.when(device, context) : undefined),
    },
  ],
  check: (device, context) => {
    if (device.type === 'hostdev') checkVfToken(device, context)
  },
  argv: { devices: interfaceArgv },
} satisfies DeviceKind<Interface>
