import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { virtioOptionNames } from '../../fragments/virtio-options.ts'
import { dated } from '../../release/dated.ts'
import type { Disk, DiskBus } from './element.ts'

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
  checkIo(disk, context)
  checkVdpaCache(disk, context)
  checkUnref(disk, context)
  checkTransient(disk, context)
  checkVirtioOnly(disk, context)
  checkScsiOnly(disk, context)
  checkGeometry(disk, context)
  checkQueues(disk, context)
}

/** The host's page cache never sees a vDPA disk, and the mode has to say so (libvirt 11.3 and 12.8 asked). */
function checkVdpaCache(disk: Disk, context: Context): void {
  const cache = disk.driver?.cache
  if (disk.type !== 'vhostvdpa' || cache === 'none' || cache === 'directsync') return
  context.error({
    code: 'disk/vhost-vdpa-cache',
    message: 'A vDPA disk needs a cache mode without the page cache of the host.',
    hint: "Write <driver cache='none'/> or cache='directsync'.",
    at: disk.driver ?? disk,
    ...(cache !== undefined && { field: 'cache' }),
  })
}

/** Formats without metadata that two guests could spoil for each other. */
function checkShared(disk: Disk, context: Context): void {
  const { driver, shareable, readonly } = disk
  const locked = disk.encryption ?? disk.source?.encryption
  if (shareable && !readonly && driver?.type === 'raw' && locked !== undefined && locked.engine !== 'librbd') {
    context.error({
      code: 'disk/shared-encryption',
      message: 'Guests cannot share an encrypted image: each would spoil its header for the others.',
      hint: 'Encrypt inside the guest, or remove <shareable/>.',
      at: locked,
    })
  }
  // Nobody knows the format of a volume before its pool is asked.
  const unsaid = disk.type === 'volume' && driver?.type === undefined
  if (!shareable || readonly || driver?.type === 'raw' || (driver?.type === undefined && !unsaid)) return
  context.error({
    code: 'disk/shared-format',
    message: `Guests cannot share an image of ${driver?.type ? `the format ${driver.type}` : 'a format that is not said'}: each would spoil its metadata for the others.`,
    hint: "Use type='raw', or remove <shareable/>.",
    ...(driver ? { at: driver, field: 'type' } : { at: disk }),
  })
}

/** QEMU: native asynchronous I/O goes around the page cache. */
function checkIo({ driver }: Disk, context: Context): void {
  if (driver?.io !== 'native' || driver.cache === 'none' || driver.cache === 'directsync') return
  context.error({
    code: 'disk/io-native-cache',
    message: `io='native' goes around the cache of the host, ${driver.cache ? `and cache='${driver.cache}' through it` : 'which is used where no cache is chosen'}.`,
    hint: "Add cache='none' (or 'directsync'), or use io='threads'.",
    at: driver,
    field: 'io',
  })
}

/** Clusters are kept by qcow2 alone, and freed only where something is written. */
function checkUnref({ driver, readonly }: Disk, context: Context): void {
  if (!driver?.discard_no_unref || (driver.type === 'qcow2' && !readonly)) return
  context.error({
    code: 'disk/discard-no-unref',
    message:
      driver.type === 'qcow2'
        ? 'An image that is only read frees no clusters that could be kept.'
        : 'Only images of the format qcow2 have clusters to keep on a discard.',
    hint: 'Remove discard_no_unref.',
    at: driver,
    field: 'discard_no_unref',
  })
}

const sharingBuses: ReadonlySet<DiskBus> = new Set(['virtio', 'scsi', 'usb'])

/** What is thrown away is written to a file beside the image; a shared one is plugged in after the start. */
function checkTransient(disk: Disk, context: Context): void {
  const { transient, target } = disk
  if (transient === undefined) return
  const refuse = (message: string, hint: string) =>
    context.error({ code: 'disk/transient', message, hint, at: transient })
  if (disk.type !== 'file')
    refuse(`Changes to a source of the type ${disk.type} cannot be thrown away.`, "Use type='file'.")
  else if (disk.readonly) refuse('A disk that is never written has no changes to throw away.', 'Remove <transient/>.')
  else if (transient.shareBacking && target?.bus !== undefined && !sharingBuses.has(target.bus)) {
    refuse(`A disk on the bus ${target.bus} cannot be plugged in with an overlay of its own.`, 'Remove shareBacking.')
  }
}

const virtioFields = [
  'ioeventfd',
  'event_idx',
  'iothread',
  'queues',
  'queue_size',
  'iothreads',
  ...virtioOptionNames,
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
  if (isVirtioModel(model)) {
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
  const { target } = disk
  if (target?.bus === undefined) return
  checkVital(disk, target.bus, context)
  if (disk.wwn !== undefined && !['ide', 'scsi'].includes(target.bus)) {
    context.error({
      code: 'disk/wwn-bus',
      message: `A disk on the bus ${target.bus} has no world wide name.`,
      hint: "Remove it, or use bus='scsi' or 'ide'.",
      at: disk,
      field: 'wwn',
    })
  }
  const { device } = disk
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

/** ATA disks show a product of their own since then. Source: formatdomain, product. */
const ataProducts = dated(false, ['11.1', true])
const ata: ReadonlySet<DiskBus> = new Set(['ide', 'sata'])

/** The texts by which a guest knows a disk. */
function checkVital(disk: Disk, bus: DiskBus, context: Context): void {
  const isScsi = bus === 'scsi' && disk.device !== 'lun'
  for (const field of ['vendor', 'product'] as const) {
    if (disk[field] === undefined || isScsi) continue
    if (field === 'product' && ata.has(bus) && context.plan.at(ataProducts)) continue
    context.error({
      code: 'disk/scsi-only',
      message: `Only a SCSI disk or CD drive shows a ${field} of your choice.`,
      hint: "Remove it, or use bus='scsi'.",
      at: disk,
      field,
    })
  }
  if (isScsi && (disk.product?.length ?? 0) > 16) {
    context.error({
      code: 'disk/product',
      message: 'The product of a SCSI disk has 16 characters at most.',
      hint: 'Shorten it.',
      at: disk,
      field: 'product',
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
  if (geometry?.cyls && target?.bus === 'usb') {
    context.error({
      code: 'disk/geometry-bus',
      message: 'A USB disk tells the guest no geometry.',
      hint: "Remove <geometry>, or use bus='virtio', 'scsi' or 'ide'.",
      at: geometry,
    })
  }
  if (geometry?.trans === undefined || target?.bus === undefined || target.bus === 'ide') return
  context.error({
    code: 'disk/translation-bus',
    message: `The BIOS translates addresses of IDE disks only, not of the bus ${target.bus}.`,
    hint: 'Remove trans.',
    at: geometry,
    field: 'trans',
  })
}

/** QEMU: virtio queue sizes are powers of two from 4 to 1024; libvirt defines any other. */
function checkQueues({ driver }: Disk, context: Context): void {
  const size = driver?.queue_size
  if (driver && size !== undefined && (size < 4 || (size & (size - 1)) !== 0 || size > 1024)) {
    context.error({
      code: 'disk/queue-size',
      message: `${size} is no size of a virtqueue.`,
      hint: 'Use a power of two from 4 to 1024.',
      at: driver,
      field: 'queue_size',
      when: 'start',
    })
  }
}
