import type { Context } from '../../context/context.ts'
import type { Disk } from './element.ts'

export function checkDriver(disk: Disk, context: Context): void {
  const { driver } = disk
  if (driver?.name !== undefined && driver.name !== 'qemu') {
    context.error({
      code: 'disk/driver-name',
      message: `QEMU guests have no disk driver ${driver.name}.`,
      hint: "Use name='qemu'.",
      at: driver,
      field: 'name',
    })
  }
  checkShared(disk, context)
  checkVirtioOnly(disk, context)
  checkScsiOnly(disk, context)
  checkGeometry(disk, context)
  checkQueues(disk, context)
}

/** Formats without metadata that two guests could spoil for each other. */
function checkShared(disk: Disk, context: Context): void {
  const { driver, shareable, readonly } = disk
  if (!shareable || readonly || driver?.type === undefined || driver.type === 'raw') return
  context.error({
    code: 'disk/shared-format',
    message: `Guests cannot share an image of the format ${driver.type}: each would spoil its metadata for the others.`,
    hint: "Use type='raw', or remove <shareable/>.",
    at: driver,
    field: 'type',
  })
}

const virtioFields = [
  'ioeventfd',
  'event_idx',
  'iothread',
  'queues',
  'queue_size',
  'iothreads',
  'iommu',
  'ats',
  'packed',
  'page_per_vq',
] as const

function checkVirtioOnly({ driver, target, model }: Disk, context: Context): void {
  if (driver === undefined || target?.bus === 'virtio' || target?.bus === undefined) return
  for (const field of virtioFields) {
    if (driver[field] === undefined) continue
    context.error({
      code: 'disk/virtio-only',
      message: `${field} is an option of virtio disks, not of the bus ${target.bus}.`,
      hint: "Remove it, or use bus='virtio'.",
      at: driver,
      field,
    })
  }
  if (model !== undefined) {
    context.error({
      code: 'disk/virtio-only',
      message: `The model ${model} is one of virtio disks, not of the bus ${target.bus}.`,
      hint: "Remove it, or use bus='virtio'.",
      at: target,
      field: 'bus',
    })
  }
}

function checkScsiOnly(disk: Disk, context: Context): void {
  const { target, device } = disk
  if (target?.bus === undefined) return
  for (const field of ['vendor', 'product'] as const) {
    if (disk[field] === undefined || (target.bus === 'scsi' && device !== 'lun')) continue
    context.error({
      code: 'disk/scsi-only',
      message: `Only a SCSI disk or CD drive shows a ${field} of your choice.`,
      hint: "Remove it, or use bus='scsi'.",
      at: disk,
      field,
    })
  }
  if (disk.wwn !== undefined && !['ide', 'scsi'].includes(target.bus)) {
    context.error({
      code: 'disk/wwn-bus',
      message: `A disk on the bus ${target.bus} has no world wide name.`,
      hint: "Remove it, or use bus='scsi' or 'ide'.",
      at: disk,
      field: 'wwn',
    })
  }
  if (disk.rawio !== undefined && device !== 'lun') refuseLunOnly(disk, 'rawio', context)
  if (disk.sgio !== undefined && device !== 'lun') refuseLunOnly(disk, 'sgio', context)
  const reservations = disk.source?.reservations
  if (reservations && device !== 'lun') {
    context.error({
      code: 'disk/reservations-only-lun',
      message: 'Only a LUN takes persistent reservations.',
      hint: "Use device='lun', or remove <reservations>.",
      at: reservations,
    })
  }
}

function refuseLunOnly(disk: Disk, field: 'rawio' | 'sgio', context: Context): void {
  context.error({
    code: 'disk/lun-only',
    message: `${field} is an option of LUNs.`,
    hint: "Use device='lun', or remove it.",
    at: disk,
    field,
  })
}

function checkGeometry({ geometry, target }: Disk, context: Context): void {
  if (geometry?.trans === undefined || target?.bus === 'ide') return
  context.error({
    code: 'disk/translation-bus',
    message: `The BIOS translates addresses of IDE disks only, not of the bus ${target?.bus}.`,
    hint: 'Remove trans.',
    at: geometry,
    field: 'trans',
  })
}

/** QEMU: virtio queue sizes are powers of two from 2 to 1024. */
function checkQueues({ driver }: Disk, context: Context): void {
  const size = driver?.queue_size
  if (driver && size !== undefined && (size < 1 || (size & (size - 1)) !== 0 || size > 1024)) {
    context.error({
      code: 'disk/queue-size',
      message: `${size} is no size of a virtqueue.`,
      hint: 'Use a power of two up to 1024.',
      at: driver,
      field: 'queue_size',
    })
  }
  if (driver?.iothread !== undefined && driver.iothreads !== undefined) {
    context.error({
      code: 'disk/iothread-twice',
      message: 'The disk names one I/O thread and a list of them.',
      hint: 'Keep either iothread or <iothreads>.',
      at: driver,
      field: 'iothread',
    })
  }
}
