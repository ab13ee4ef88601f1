import type { Machine, UsbModel } from '../context/machine.ts'
import { dated } from '../release/dated.ts'

const xhci: readonly UsbModel[] = ['qemu-xhci', 'nec-xhci', 'piix3-uhci']

/** QEMU's virtual board: PCI Express, no legacy devices. */
const virt: Machine = {
  family: 'virt',
  archs: [],
  matches: (name) => name === 'virt' || name.startsWith('virt-'),
  pci: {
    root: 'pcie-root',
    hostBridges: 'one',
    zpci: false,
    reservations: [{ address: { bus: 0, slot: 0, function: 0 }, holder: 'the host bridge' }],
  },
  builtInControllers: [],
  noFloppy: dated(undefined, ['12.8', 'define']),
  ps2: false,
  memballoon: dated(false),
  usb: 'none',
  legacyFree: true,
  video: ['virtio'],
  virtioBus: 'pci',
  mmio: true,
  networkModel: 'virtio',
  scsiModel: dated(undefined, ['12.8', 'virtio-scsi']),
  acpi: false,
}

/** The same board for ARM. */
export const armVirt: Machine = {
  ...virt,
  archs: ['aarch64'],
  defaultUsbModels: dated(xhci),
  serial: { type: 'system-serial', model: 'pl011' },
  acpi: true,
  uefi: 'needed-by-acpi',
  panicModel: 'pvpanic',
  armVirtual: true,
}

/** The same board with a 32-bit processor: no UEFI is asked for. */
const { uefi: _uefi, ...arm32 } = armVirt

export const arm32Virt: Machine = {
  ...arm32,
  archs: ['armv7l', 'armv6l'],
  defaultUsbModels: dated(xhci, ['11.3', ['piix3-uhci', 'pci-ohci']], ['12.8', xhci]),
}

/** The same board for RISC-V. */
export const riscvVirt: Machine = {
  ...virt,
  archs: ['riscv64', 'riscv32'],
  memballoon: dated(true, ['12.8', false]),
  defaultUsbModels: dated(['piix3-uhci'], ['12.8', xhci]),
  serial: { type: 'system-serial', model: '16550a' },
}

const { mmio: _mmio, ...withoutMmio } = riscvVirt

/** The same board for LoongArch, without virtio-mmio. */
export const loongarchVirt: Machine = {
  ...withoutMmio,
  archs: ['loongarch64'],
  scsiModel: dated('virtio-scsi'),
  memballoon: dated(false),
  defaultUsbModels: dated(xhci),
}

/** Any other ARM board: virtio-mmio, no PCI known to libvirt. */
export const armBoard: Machine = {
  ...virt,
  defaultUsbModels: dated(xhci),
  family: 'arm board',
  archs: ['aarch64', 'armv7l', 'armv6l'],
  matches: () => true,
  pci: { root: 'none', hostBridges: 'one', zpci: false, reservations: [] },
  legacyFree: false,
  virtioBus: 'virtio-mmio',
  networkModel: 'lan9118',
}

/** From libvirt 11.3 to before 12.8, what needs PCI was let through without an address. */
export const armBoardLenient64: Machine = {
  ...armBoard,
  since: '11.3',
  until: '12.8',
  archs: ['aarch64'],
  pci: { ...armBoard.pci, unknown: true },
}

/** The same with a 32-bit processor: the USB controller is what a PC's guests are given. */
export const armBoardLenient32: Machine = {
  ...armBoardLenient64,
  archs: ['armv7l', 'armv6l'],
  defaultUsbModels: dated(['piix3-uhci', 'pci-ohci']),
}
