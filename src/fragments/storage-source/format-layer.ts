import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { cacheProperty } from './cache.ts'
import { formatNode, type Image, storageNode } from './image.ts'

/** QEMU's block driver of each format of an image. Formats without one cannot be opened. */
const drivers: { readonly [format: string]: string } = {
  raw: 'raw',
  iso: 'raw',
  fat: 'raw',
  dir: 'raw',
  bochs: 'bochs',
  cloop: 'cloop',
  dmg: 'dmg',
  vpc: 'vpc',
  vdi: 'vdi',
  vhd: 'vpc',
  ploop: 'parallels',
  luks: 'luks',
  qcow: 'qcow',
  qcow2: 'qcow2',
  qed: 'qed',
  vmdk: 'vmdk',
}

export function canRead(format: string): boolean {
  return drivers[format] !== undefined
}

/** Formats that may refer to an image below them. */
export function mayHaveBacking(format: string): boolean {
  return ['qcow', 'qcow2', 'qed', 'vmdk'].includes(format)
}

/**
 * `-blockdev` of the format layer: how the bytes are to be read.
 * @param backing the node below, null where the chain is known to end, undefined where it is not known
 */
export function formatLayer(image: Image, backing: string | null | undefined): Properties {
  const { driver, format, readOnly } = image
  const properties = new Properties()
    .put('node-name', formatNode(image), rule('storage/node-name'))
    .put('read-only', readOnly.value, readOnly.from)
  if (driver && image.top) {
    properties
      .put('discard', driver.discard, of(driver, 'discard'))
      .put('detect-zeroes', detectZeroes(driver), of(driver, 'detect_zeroes'))
  }
  properties.append(cacheProperty(driver)).put('driver', drivers[format.value] ?? format.value, format.from)
  if (format.value === 'qcow2') {
    const size = image.metadataCache?.max_size
    if (size) properties.put('cache-size', size.value, of(size, 'value'))
    if (driver) properties.put('discard-no-unref', driver.discard_no_unref, of(driver, 'discard_no_unref'))
  }
  return properties
    .put('file', storageNode(image), rule('storage/node-name'))
    .put('backing', backing, rule('storage/backing'))
}

/** Zeroes are only turned into discards where discards reach the image. */
function detectZeroes(driver: NonNullable<Image['driver']>): string | undefined {
  return driver.detect_zeroes === 'unmap' && driver.discard !== 'unmap' ? 'on' : driver.detect_zeroes
}
