import type { Machine } from './machine.ts'
import { armBoard32, armBoard64 } from './virt.ts'

/** What ARM's Versatile boards are known to have since libvirt 11.3: a PCI bus and a USB controller. */
const versatile = {
  family: 'versatile',
  matches: (name: string) => name === 'versatilepb' || name === 'versatileab',
  pci: {
    root: 'pci-root',
    busName: 'pci',
    hostBridges: 'one',
    zpci: false,
    reservations: [{ address: { bus: 0, slot: 0, function: 0 }, holder: 'the host bridge' }],
  },
  usb: 'add',
  usbModels: ['pci-ohci'],
} as const satisfies Partial<Machine>

export const armVersatile64: Machine = { ...armBoard64, ...versatile }
export const armVersatile32: Machine = { ...armBoard32, ...versatile }

/** ARM's RealView boards: a USB controller, no PCI that libvirt knows. */
const realview = {
  family: 'realview',
  matches: (name: string) => name.startsWith('realview-'),
  usb: 'add',
  usbModels: ['pci-ohci'],
} as const satisfies Partial<Machine>

export const armRealview64: Machine = { ...armBoard64, ...realview }
export const armRealview32: Machine = { ...armBoard32, ...realview }
