import type { Machine } from '../context/machine.ts'
import { quirk } from '../release/quirk.ts'
import { armBoard, armBoardLenient32, armBoardLenient64 } from './virt.ts'

/** A PCI bus that QEMU calls `pci`. */
const pci = {
  root: 'pci-root',
  busName: 'pci',
  hostBridges: 'one',
  zpci: false,
  reservations: [{ address: { bus: 0, slot: 0, function: 0 }, holder: 'the host bridge' }],
} as const satisfies Machine['pci']

/** ARM's Versatile/PB is known to have PCI and a USB controller since libvirt 11.3. */
const versatile = {
  family: 'versatile',
  matches: (name: string) => name === 'versatilepb',
  pci,
  usb: 'add',
  networkModel: quirk('versatile/network-model', 'libvirt 11.3 and 12.8 asked: the letters stand so', 'scm91c111'),
} as const satisfies Partial<Machine>

/** Of ARM's RealView boards, until libvirt 12.8 knew which has PCI, each had a USB controller without it. */
const realview = {
  family: 'realview',
  matches: (name: string) => name.startsWith('realview-'),
  usb: 'add',
  usbModels: ['pci-ohci'],
} as const satisfies Partial<Machine>

export const armVersatile64: Machine = { ...armBoardLenient64, ...versatile, usbModels: ['pci-ohci'] }
export const armVersatile32: Machine = { ...armBoardLenient32, ...versatile, usbModels: ['pci-ohci'] }
export const armVersatile: Machine = { ...armBoard, ...versatile, since: '12.8' }

export const armRealview64: Machine = { ...armBoardLenient64, ...realview }
export const armRealview32: Machine = { ...armBoardLenient32, ...realview }

/** The RealView/EB, with one core or several, has PCI. */
export const armRealviewEb: Machine = {
  ...armBoard,
  since: '12.8',
  family: 'realview-eb',
  matches: (name) => name === 'realview-eb' || name === 'realview-eb-mpcore',
  pci,
  usb: 'add',
}
