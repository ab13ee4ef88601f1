import type { Machine } from './machine.ts'

/** PowerPC boards that are no servers (ppce500, mac99 …): one PCI bus. */
export const ppcBoard: Machine = {
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
  memballoon: true,
  usb: 'add',
  virtioBus: 'pci',
  acpi: false,
}
