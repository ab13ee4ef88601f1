import { powerArchs } from '../capabilities/table.ts'
import type { Machine } from '../context/machine.ts'
import { dated } from '../release/dated.ts'

/** IBM POWER server: several PCI host bridges, devices on the VIO bus. */
export const pseries: Machine = {
  family: 'pseries',
  serial: { type: 'spapr-vio-serial', model: 'spapr-vty' },
  noParallel: true,
  tpm: 'tpm-spapr',
  archs: powerArchs,
  growsWithoutCells: dated(true),
  matches: (name) => name === 'pseries' || name.startsWith('pseries-'),
  pci: { root: 'pci-root', hostBridges: 'many', zpci: false, reservations: [] },
  builtInControllers: [],
  noFloppy: dated('start', ['12.8', 'define']),
  scsiModel: dated('ibmvscsi'),
  ps2: false,
  memballoon: dated(true),
  usbInput: true,
  video: ['vga'],
  usb: 'add',
  defaultUsbModels: dated(['pci-ohci', 'piix3-uhci']),
  newGuestUsbModels: ['qemu-xhci', 'nec-xhci'],
  virtioBus: 'pci',
  cpuHotplugUnit: 'core',
  hostModel: true,
  compatibleCpus: ['power6', 'power7', 'power8', 'power9', 'power10', 'power11'],
  panic: 'pseries',
  acpi: false,
  power: true,
}
