import { powerArchs } from '../capabilities/table.ts'
import type { Machine } from '../context/machine.ts'
import { dated } from '../release/dated.ts'

/** PowerPC boards that are no servers (ppce500, mac99 …): one PCI bus. */
export const ppcBoardOld: Machine = {
  until: '11.3',
  family: 'PowerPC board',
  archs: ['ppc'],
  matches: () => true,
  pci: {
    root: 'pci-root',
    hostBridges: 'one',
    zpci: false,
    reservations: [{ address: { bus: 0, slot: 0, function: 0 }, holder: 'the host bridge' }],
  },
  builtInControllers: [],
  ps2: false,
  memballoon: dated(true),
  usb: 'add',
  virtioBus: 'pci',
  acpi: false,
}

/** Since libvirt 11.3 the USB controller of such a board has a model. */
export const ppcBoard: Machine = {
  ...ppcBoardOld,
  until: undefined,
  since: '11.3',
  usbModels: ['piix3-uhci', 'pci-ohci'],
  defaultUsbModels: dated(['piix3-uhci', 'pci-ohci'], ['12.8', ['pci-ohci', 'piix3-uhci']]),
}

/** 64-bit boards beside pseries (mac99, g3beige, powernv …), which libvirt 10.1 took to be without PCI. */
export const ppc64Board: Machine = {
  ...ppcBoard,
  archs: powerArchs,
  growsWithoutCells: dated(true),
  usbModels: undefined,
  defaultUsbModels: dated(['pci-ohci']),
  newGuestUsbModels: ['qemu-xhci', 'nec-xhci'],
}
