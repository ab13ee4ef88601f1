import type { Machine } from '../context/machine.ts'
import { dated } from '../release/dated.ts'

/** IBM Z: virtio on the channel subsystem, PCI with a uid and fid for each function. */
export const s390Ccw: Machine = {
  family: 's390-ccw-virtio',
  serial: { type: 'sclp-serial', model: 'sclpconsole' },
  noParallel: true,
  archs: ['s390x'],
  matches: (name) => name === 's390-ccw' || name.startsWith('s390-ccw-virtio'),
  pci: {
    root: 'pci-root',
    hostBridges: 'one',
    zpci: true,
    reservations: [{ address: { bus: 0, slot: 0, function: 0 }, holder: 'the host bridge' }],
  },
  builtInControllers: [],
  noFloppy: dated(undefined, ['12.8', 'define']),
  scsiModel: dated('virtio-scsi'),
  ps2: false,
  memballoon: dated(true),
  usb: 'none',
  legacyFree: true,
  video: ['virtio'],
  defaultUsbModels: dated(['none']),
  virtioBus: 'ccw',
  networkModel: 'virtio',
  acpi: false,
  forgetsAcpi: true,
  panic: 's390',
  hostModel: true,
  noImplicitCell: true,
  growsWithoutCells: dated(false, ['11.1', true]),
  // CPU models came with QEMU's 2.8 machine.
  hostCpuMode: (name) => (/-2\.[4-7]$/.test(name) ? 'host-passthrough' : 'host-model'),
}
