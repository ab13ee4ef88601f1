import type { Machine } from '../context/machine.ts'
import { dated } from '../release/dated.ts'

const at = (slot: number, fn = 0) => ({ bus: 0, slot, function: fn })

/** PIIX3-based PC (QEMU: pc-i440fx-*). Slot 1 is the south bridge with IDE (1.1), USB (1.2) and ACPI (1.3). */
export const i440fx: Machine = {
  family: 'i440fx',
  serial: { type: 'isa-serial', model: 'isa-serial' },
  archs: ['x86_64', 'i686'],
  matches: (name) => name === 'pc' || /^pc-(i440fx-|\d)/.test(name) || /^rhel\d\.\d\.\d$/.test(name),
  pci: {
    root: 'pci-root',
    hostBridgeDevice: 'i440FX-pcihost',
    hostBridges: 'one',
    zpci: false,
    usualSlots: { primaryVideo: [at(2)] },
    reservations: [
      { address: at(0), holder: 'the host bridge' },
      { address: at(1, 0), holder: 'the PIIX3 ISA bridge' },
      { address: at(1, 1), holder: 'the PIIX3 IDE controller' },
      { address: at(1, 3), holder: 'the PIIX4 power management' },
    ],
  },
  builtInControllers: [
    { type: 'ide', address: at(1, 1), always: false },
    { type: 'usb', model: 'piix3-uhci', address: at(1, 2), always: false },
  ],
  floppyController: 'built-in',
  ps2: true,
  memballoon: dated(true),
  usb: 'add',
  virtioBus: 'pci',
  powerManagement: 'PIIX4_PM',
  acpi: true,
  uefi: 'needs-acpi',
  smm: 'plain',
  pc: true,
  isaWatchdog: dated(true),
}

/** ICH9-based PC (QEMU: pc-q35-*). SATA is at 0x1f.2. */
export const q35: Machine = {
  family: 'q35',
  serial: { type: 'isa-serial', model: 'isa-serial' },
  archs: ['x86_64', 'i686'],
  matches: (name) => name === 'q35' || name.startsWith('pc-q35'),
  pci: {
    root: 'pcie-root',
    hostBridgeDevice: 'q35-pcihost',
    hostBridges: 'one',
    zpci: false,
    usualSlots: { primaryVideo: [at(1)], ich9Sound: [at(0x1b)], ich9Usb: [at(0x1d), at(0x1a)] },
    reservations: [
      { address: at(0), holder: 'the host bridge' },
      { address: at(0x1f, 0), holder: 'the ICH9 ISA bridge' },
      { address: at(0x1f, 2), holder: 'the ICH9 SATA controller' },
      { address: at(0x1f, 3), holder: 'the ICH9 SMBus' },
    ],
    preferredSlots: { 'dmi-to-pci-bridge': [at(0x1e)] },
  },
  builtInControllers: [{ type: 'sata', address: at(0x1f, 2) }],
  floppyController: 'added',
  ps2: true,
  memballoon: dated(true),
  usb: 'add',
  virtioBus: 'pci',
  powerManagement: 'ICH9-LPC',
  legacyFree: true,
  acpi: true,
  uefi: 'needs-acpi',
  smm: 'tseg',
  intelIommu: true,
  pc: true,
  usbModels: ['qemu-xhci', 'nec-xhci'],
  watchdog: 'itco',
}

/** A PC without PCI (QEMU: isapc). */
export const isapc: Machine = {
  ...i440fx,
  family: 'isapc',
  matches: (name) => name === 'isapc',
  pci: { root: 'none', hostBridges: 'one', zpci: false, reservations: [] },
  builtInControllers: [{ type: 'ide', always: false }],
  memballoon: dated(true, ['12.8', false]),
  isaWatchdog: dated(true, ['12.8', false]),
  usb: 'none',
}

/** QEMU's minimal virtual machine (microvm). */
export const microvm: Machine = {
  ...isapc,
  family: 'microvm',
  matches: (name) => name === 'microvm' || name.startsWith('microvm-'),
  since: '12.8',
  builtInControllers: [],
  ps2: false,
}

/** Before libvirt knew it, it was a board of x86 like any other: a USB controller is added, whatever it has of PCI (asked). */
export const microvmOld: Machine = { ...microvm, since: undefined, until: '12.8', usb: 'add' }
