import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { own } from '../../own.ts'
import { cacheProperty } from './cache.ts'
import { formatNode, type Image, isEncrypted, sliceNode, sliceOf, storageNode, topNode } from './image.ts'
import { encryptionSecretId } from './image-secrets.ts'

/** QEMU's block driver of each format of an image. Formats without one cannot be opened. */
const drivers: { readonly [format: string]: string } = {
  raw: 'raw',
  fat: 'raw',
  bochs: 'bochs',
  cloop: 'cloop',
  dmg: 'dmg',
  vpc: 'vpc',
  vdi: 'vdi',
  vhd: 'vhdx',
  ploop: 'parallels',
  qcow: 'qcow',
  qcow2: 'qcow2',
  qed: 'qed',
  vmdk: 'vmdk',
}

export function canRead(format: string): boolean {
  return own(drivers, format) !== undefined
}

/** Formats that may refer to an image below them. */
export function mayHaveBacking(format: string): boolean {
  return ['qcow', 'qcow2', 'qed', 'vmdk'].includes(format)
}

/** How the layer that a disk refers to is opened: read-only, discards, zeroes, caching. */
export function accessProperties({ cache, driver, readOnly, top }: Image): Properties {
  const properties = new Properties().put('read-only', readOnly.value, readOnly.from)
  if (driver) {
    properties.put('discard', driver.discard, of(driver, 'discard'))
    if (top) properties.put('detect-zeroes', detectZeroes(driver), of(driver, 'detect_zeroes'))
  }
  return properties.append(cacheProperty(cache))
}

/**
 * `-blockdev` of the format layer: how the bytes are to be read.
 * @param backing the node below, null where the chain is known to end, undefined where it is not known
 */
export function formatLayer(image: Image, backing: string | null | undefined): Properties {
  return new Properties()
    .put('node-name', formatNode(image), rule('storage/node-name'))
    .append(accessProperties(image))
    .append(formatDriver(image))
    .put('data-file', image.dataStore && topNode(image.dataStore), rule('storage/data-store'))
    .put('file', sliceOf(image) ? sliceNode(image) : storageNode(image), rule('storage/node-name'))
    .put('backing', backing, rule('storage/backing'))
}

function formatDriver(image: Image): Properties {
  const { driver, encryption, format } = image
  const locked = isEncrypted(image) && encryption
  // A raw image that is encrypted is a LUKS volume.
  const name = locked && format.value === 'raw' ? 'luks' : (own(drivers, format.value) ?? format.value)
  const properties = new Properties().put('driver', name, format.from)
  if (name === 'luks' && locked) {
    return properties.put('key-secret', encryptionSecretId(image, 0), of(encryption, 'secret'))
  }
  if (locked) {
    properties.put(
      'encrypt',
      new Properties()
        .put('format', encryption.format === 'qcow' ? 'aes' : 'luks', of(encryption, 'engine', 'format'))
        .put('key-secret', encryptionSecretId(image, 0), of(encryption, 'secret')),
      of(encryption, 'engine', 'format'),
    )
  }
  if (name === 'qcow2') {
    const size = image.metadataCache?.max_size
    if (size) properties.put('cache-size', size.value, of(size, 'value'))
    if (driver) properties.put('discard-no-unref', driver.discard_no_unref, of(driver, 'discard_no_unref'))
  }
  return properties
}

/** Zeroes are only turned into discards where discards reach the image. */
function detectZeroes(driver: NonNullable<Image['driver']>): string | undefined {
  return driver.detect_zeroes === 'unmap' && driver.discard !== 'unmap' ? 'on' : driver.detect_zeroes
}
