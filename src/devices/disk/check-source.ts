import type { Context } from '../../context/context.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import { locatedOf, type SourceByType } from '../../fragments/storage-source/element.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import type { MetadataCache } from '../../fragments/storage-source/format.ts'
import type { Encryption } from '../../fragments/storage-source/secret.ts'
import { own } from '../../own.ts'
import { canRead, mayHaveBacking } from '../../parts/storage-source/format-layer.ts'
import { checkEncryption, checkNested, checkSource } from '../../parts/storage-source/validate.ts'
import type { Disk } from './element.ts'

export function checkDiskSource(disk: Disk, context: Context): void {
  checkFat(disk.type, disk.driver?.type, disk.driver ?? disk, context)
  if (disk.encryption) {
    checkEncryption(disk.encryption, disk, context)
    checkEncryptedFormat(disk.encryption, disk.driver?.type, context)
  }
  checkDataStore(disk, disk.driver?.type, context)
  checkMetadataCache(disk.driver?.metadata_cache, disk.driver?.type, context)
  if (isEmpty(disk)) {
    if (disk.source?.encryption) checkEncryptedFormat(disk.source.encryption, disk.driver?.type, context)
    if (disk.device === 'cdrom' || disk.device === 'floppy') return
    missingSource(disk, context)
    return
  }
  checkTwice(disk, context)
  checkFormat(disk.driver?.type, disk.driver ?? disk, context)
  checkImage(disk, disk.driver?.type, context)
  if (disk.device === 'lun') checkLun(disk, context)
  if (disk.type === 'dir' && disk.driver?.type === 'fat' && !disk.readonly) {
    context.error({
      code: 'disk/fat-writable',
      message: 'A directory that is shown as a FAT file system cannot be written by the guest.',
      hint: 'Add <readonly/>.',
      at: disk,
    })
  }
  let above = disk.driver?.type
  let below: BackingStore | undefined = disk.backingStore
  while (below?.type !== undefined) {
    checkAbove(above, below, context)
    above = below.format?.type
    checkFormat(above, below.format ?? below, context)
    checkFat(below.type, above, below.format ?? below, context)
    checkNested(below, context)
    checkDataStore(below, above, context)
    checkMetadataCache(below.format?.metadata_cache, above, context)
    checkImage(below, above, context)
    below = below.backingStore
  }
}

/** Source: oracle (11.3, 12.8). */
function checkMetadataCache(cache: MetadataCache | undefined, format: string | undefined, context: Context): void {
  if (cache?.max_size?.value === undefined || format === 'qcow2') return
  context.error({
    code: 'disk/metadata-cache-format',
    message: `Only qcow2 has metadata that QEMU caches, and this image is ${format ?? 'raw'}.`,
    hint: "Remove <metadata_cache>, or say that the image is 'qcow2'.",
    at: cache,
  })
}

/** The attributes that name a source, and the types of disks they go with. */
const locates: { readonly [attribute: string]: string } = { file: 'file', dev: 'block', dir: 'dir', volume: 'volume' }

function missingSource(disk: Disk, context: Context): void {
  const { source, type } = disk
  const what = `The ${disk.device} ${disk.target?.dev} has no source`
  const node = source && context.origins.nodeOf(source)
  const other = node?.attributes.find(({ name, value }) => value !== '' && own(locates, name) !== undefined)
  if (source === undefined || other === undefined || own(locates, other.name) === type) {
    context.error({
      code: 'disk/missing-source',
      message: `${what}.`,
      hint: 'Add <source …/>; only CD drives and floppies may be empty.',
      at: disk,
    })
    return
  }
  const usual = Object.entries(locates).find(([, goesWith]) => goesWith === type)?.[0]
  context.error({
    code: 'disk/missing-source',
    message: `${what}: ${other.name} goes with disks of the type ${own(locates, other.name)}, not ${type}.`,
    hint: `Write ${usual ? `${usual}='…', or ` : ''}<disk type='${own(locates, other.name)}'>.`,
    at: source,
    attribute: other.name,
  })
}

/** Only formats with metadata can refer to an image below. */
function checkAbove(format: string | undefined, below: BackingStore, context: Context): void {
  if (format !== undefined && mayHaveBacking(format)) return
  context.error({
    code: 'disk/format-without-backing',
    message: `An image of the format ${format ?? 'raw'} has no image below it.`,
    hint: 'Say the right format, or remove the <backingStore>.',
    at: below,
    when: 'start',
  })
}

function checkImage(located: SourceByType, format: string | undefined, context: Context): void {
  checkSource(located, context)
  const encryption = located.source?.encryption
  if (encryption) checkEncryptedFormat(encryption, format, context)
}

function checkEncryptedFormat(encryption: Encryption, format: string | undefined, context: Context): void {
  if (encryption.engine === 'librbd' || format === undefined || format === 'raw' || format === 'qcow2') return
  context.error({
    code: 'disk/encryption-format',
    message: `An image of the format ${format} cannot be encrypted.`,
    hint: 'Use raw (then the whole image is a LUKS volume) or qcow2.',
    at: encryption,
  })
}

/** Only qcow2 keeps its tables apart from its data, and the data as they are. */
function checkDataStore({ source }: SourceByType, format: string | undefined, context: Context): void {
  const store = source?.dataStore
  if (store === undefined) return
  if (format !== 'qcow2') {
    context.error({
      code: 'disk/data-store-format',
      message: `An image of the format ${format ?? 'of its pool'} keeps its data itself.`,
      hint: "Use type='qcow2', or remove <dataStore>.",
      at: store,
    })
  }
  if (store.format && store.format.type !== 'raw') {
    context.error({
      code: 'disk/data-store-raw',
      message: `The data of an image are stored as they are, not in the format ${store.format.type}.`,
      hint: "Write <format type='raw'/>.",
      at: store.format,
      field: 'type',
    })
  }
  if (store.source === undefined) return
  for (const part of ['dataStore', 'slices'] as const) {
    if (store.source[part] === undefined) continue
    context.error({
      code: 'source/data-store-nested',
      message: `The store of an image's data is storage as it is: it has no <${part}> of its own.`,
      hint: 'Remove it.',
      at: store,
    })
  }
  checkNested(locatedOf(store), context)
  checkSource(locatedOf(store), context)
}

/** Old definitions say both beside the source, new ones inside; both places at once contradict each other. */
function checkTwice(disk: Disk, context: Context): void {
  const { source } = disk
  const twice = (name: 'auth' | 'encryption') => {
    if (disk[name] === undefined || source?.[name] === undefined) return
    context.error({
      code: `disk/${name}-twice`,
      message: `<${name}> stands in the disk and in its source.`,
      hint: `Keep the <${name}> inside <source>.`,
      at: disk[name],
    })
  }
  twice('auth')
  twice('encryption')
}

/** The format fat is how a directory is shown, and only that (oracle: libvirt 11.3, 12.8). */
function checkFat(type: Disk['type'], format: string | undefined, at: object, context: Context): void {
  // What a volume is, its pool says.
  if (format === undefined || type === 'volume' || (format === 'fat') === (type === 'dir')) return
  context.error({
    code: 'disk/fat-directory',
    message:
      type === 'dir'
        ? `A directory is shown as a FAT file system: its format cannot be ${format}.`
        : `The format fat is one of directories, not of a source of the type ${type}.`,
    hint: type === 'dir' ? "Use type='fat'." : "Use type='raw', or <disk type='dir'>.",
    at,
    field: 'type',
  })
}

const hints: { readonly [format: string]: string } = {
  iso: "A CD image is read as raw: type='raw'.",
  dir: "Use <disk type='dir'>.",
}

function checkFormat(format: string | undefined, at: object, context: Context): void {
  if (format === undefined || canRead(format)) return
  context.error({
    code: 'disk/format-without-driver',
    message: `QEMU has no driver for the format ${format}.`,
    hint: own(hints, format) ?? 'Convert the image with `qemu-img convert`.',
    at,
    field: 'type',
  })
}

/** A LUN is handed through whole. */
function checkLunSlices({ source }: Disk, context: Context): void {
  if (source?.slices === undefined) return
  context.error({
    code: 'disk/lun-slices',
    message: 'A LUN is handed through whole, not in slices.',
    hint: "Remove <slices>, or use device='disk'.",
    at: source.slices,
  })
}

/** A LUN is a SCSI device of its own behind the source: a host block device or an iSCSI target. */
function checkLun(disk: Disk, context: Context): void {
  const isLun =
    disk.type === 'block' ||
    (disk.type === 'network' && disk.source?.protocol === 'iscsi') ||
    (disk.type === 'volume' && disk.source !== undefined)
  if (!isLun) {
    context.error({
      code: 'disk/lun-source',
      message: `A source of the type ${disk.type} is no SCSI LUN.`,
      hint: "Use type='block' or iSCSI, or device='disk'.",
      at: disk,
      field: 'type',
    })
    return
  }
  checkLunSlices(disk, context)
  const { target, driver } = disk
  if (target?.bus !== undefined && target.bus !== 'scsi' && target.bus !== 'virtio') {
    context.error({
      code: 'disk/lun-bus',
      message: `A LUN cannot sit on the bus ${target.bus}.`,
      hint: "Use bus='scsi', or device='disk'.",
      at: target,
      field: 'bus',
    })
  }
  if (driver?.type !== undefined && driver.type !== 'raw') {
    context.error({
      code: 'disk/lun-format',
      message: `A LUN is handed through as it is: its format cannot be ${driver.type}.`,
      hint: "Use type='raw', or device='disk'.",
      at: driver,
      field: 'type',
    })
  }
}
