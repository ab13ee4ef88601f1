import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import type { Disk } from './element.ts'

/** What the guest sees must go with the bus: CD drives, floppies, LUNs are not everywhere. */
export function checkDevice(disk: Disk, context: Context): void {
  const { device, target, readonly } = disk
  const bus = target?.bus
  if (target === undefined || bus === undefined) return
  if ((device === 'floppy') !== (bus === 'fdc')) {
    context.error({
      code: 'disk/floppy-bus',
      message: `A ${device} cannot sit on the bus ${bus}: floppies, and they alone, sit on fdc.`,
      hint: device === 'floppy' ? "Use bus='fdc'." : "Use another bus, or device='floppy'.",
      at: target,
      field: 'bus',
    })
  }
  if (device === 'floppy' && bus === 'fdc' && !target.dev.startsWith('fd')) {
    context.error({
      code: 'disk/floppy-name',
      message: `${target.dev} is not the name of a floppy drive.`,
      hint: "Use dev='fda' or dev='fdb'.",
      at: target,
      field: 'dev',
    })
  }
  if (device === 'cdrom' && bus === 'virtio') {
    context.error({
      code: 'disk/cdrom-bus',
      message: 'A virtio disk has no tray: it cannot be a CD drive.',
      hint: "Use bus='sata', 'scsi' or 'ide'.",
      at: target,
      field: 'bus',
    })
  }
  if (readonly && device === 'disk' && (bus === 'ide' || bus === 'sata')) {
    context.error({
      code: 'disk/readonly-ata',
      message: `A disk on the bus ${bus} cannot be read-only: ATA knows no such disks.`,
      hint: "Use bus='virtio' or 'scsi', or device='cdrom'.",
      at: disk,
      field: 'readonly',
    })
  }
  checkMedium(disk, context)
  checkTexts(disk, context)
}

const hasTray = ({ device }: Disk) => device === 'cdrom' || device === 'floppy'

function checkMedium(disk: Disk, context: Context): void {
  const { target, driver, source, device } = disk
  if (target?.tray !== undefined && !hasTray(disk)) {
    context.error({
      code: 'disk/tray-device',
      message: `A ${device} has no tray.`,
      hint: 'Remove tray.',
      at: target,
      field: 'tray',
    })
  }
  const policy = source && 'startupPolicy' in source ? source.startupPolicy : undefined
  if (policy === 'requisite' && !hasTray(disk)) {
    context.error({
      code: 'disk/startup-policy-device',
      message: `A guest can do without the medium of a CD drive or floppy only, not without a ${device}.`,
      hint: "Use startupPolicy='optional' or 'mandatory'.",
      at: source!,
      field: 'startupPolicy',
    })
  }
  if (driver?.copy_on_read && (disk.readonly || hasTray(disk))) {
    context.error({
      code: 'disk/copy-on-read-readonly',
      message: 'What is read cannot be copied into an image that is never written.',
      hint: 'Remove copy_on_read.',
      at: driver,
      field: 'copy_on_read',
    })
  }
  if (
    target?.rotation_rate !== undefined &&
    !(device === 'disk' && ['ide', 'sata', 'scsi'].includes(target.bus ?? ''))
  ) {
    context.error({
      code: 'disk/rotation-rate-bus',
      message: `A ${device} on the bus ${target.bus} tells no rotation rate.`,
      hint: 'Remove rotation_rate, or use a disk on SCSI, SATA or IDE.',
      at: target,
      field: 'rotation_rate',
    })
  }
}

/** libvirt's published schema: diskSerial. */
/** libvirt lets a model pass on virtio-mmio, where QEMU has none (oracle: 11.3, 12.8). */
const modelPlaces: ReadonlySet<string> = new Set(['pci', 'virtio-mmio'])

const serial = /^[A-Za-z0-9_.+ -]*$/

function checkTexts(disk: Disk, context: Context): void {
  if (disk.serial !== undefined && !serial.test(disk.serial)) {
    context.error({
      code: 'disk/serial',
      message: 'The serial number holds a character that is none of its own.',
      hint: 'Use letters, digits, spaces, and _ . + -.',
      at: disk,
      field: 'serial',
    })
  }
  if (disk.wwn !== undefined && disk.device === 'lun') {
    context.error({
      code: 'disk/wwn-lun',
      message: 'A LUN has a world wide name of its own.',
      hint: 'Remove <wwn>.',
      at: disk,
      field: 'wwn',
    })
  }
  if (disk.sgio === 'unfiltered') {
    context.error({
      code: 'disk/sgio-unfiltered',
      message: 'The kernel filters SCSI commands always: sgio cannot be unfiltered.',
      hint: 'Remove sgio.',
      at: disk,
      field: 'sgio',
    })
  }
  const { model, address } = disk
  checkUsbModel(disk, context)
  if (isVirtioModel(model) && model !== 'virtio' && address !== undefined && !modelPlaces.has(address.type)) {
    context.error({
      code: 'disk/model-address',
      message: `The model ${model} is a PCI device: it has no address of type ${address.type}.`,
      hint: 'Remove model, or use a PCI address.',
      at: disk,
      field: 'model',
    })
  }
}

/** usb-bot and usb-storage are models of USB disks. */
function checkUsbModel(disk: Disk, context: Context): void {
  const { model, target } = disk
  if (model === undefined || isVirtioModel(model) || target?.bus === 'usb') return
  context.error({
    code: 'disk/usb-only',
    message: `The model ${model} is one of USB disks, not of the bus ${target?.bus}.`,
    hint: "Remove it, or use bus='usb'.",
    at: target ?? disk,
    field: 'bus',
  })
}
