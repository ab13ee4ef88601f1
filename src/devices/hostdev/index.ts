import type { DeviceKind } from '../../context/unit.ts'
import { hostPciWish } from '../../fragments/host-pci.ts'
import { vfTokenGate } from '../../fragments/vf-token.ts'
import { hostdevArgv } from './argv.ts'
import type { Hostdev } from './element.ts'
import { checkHostdev, checkHostdevs } from './validate.ts'

export const hostdevKind = {
  pci: (device, context) => {
    if (device.type === 'pci') return hostPciWish(device, context)
    return device.type === 'mdev' && device.model === 'vfio-pci' ? { plug: 'pcie' } : undefined
  },
  ccw: (device) => device.type === 'mdev' && device.model === 'vfio-ccw',
  usb: (device) => (device.type === 'usb' ? {} : undefined),
  alias: (_device, index) => `hostdev${index}`,
  gates: [
    {
      ...vfTokenGate,
      when: (device, context) => (device.type === 'pci' ? vfTokenGate.when(device, context) : undefined),
    },
  ],
  check: checkHostdev,
  validate: checkHostdevs,
  argv: { devices: hostdevArgv },
} satisfies DeviceKind<Hostdev>
