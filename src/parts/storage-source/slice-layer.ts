import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { cacheProperty } from './cache.ts'
import { accessProperties } from './format-layer.ts'
import { type Image, sliceNode, sliceOf, storageNode } from './image.ts'

/**
 * `-blockdev` that shows a part of the storage. Of a raw image it is the topmost layer, and is opened as a format
 * layer would be.
 */
export function sliceLayer(image: Image, isTop: boolean): Properties | undefined {
  const slice = sliceOf(image)
  if (slice === undefined) return undefined
  const properties = new Properties()
    .put('driver', 'raw', rule('storage/slice'))
    .put('file', storageNode(image), rule('storage/node-name'))
    .put('offset', BigInt.asIntN(64, slice.offset), of(slice, 'offset'))
    .put('size', BigInt.asIntN(64, slice.size), of(slice, 'size'))
    .put('node-name', sliceNode(image), rule('storage/node-name'))
  if (isTop) return properties.append(accessProperties(image))
  return properties
    .put('auto-read-only', true, rule('storage/auto-read-only'))
    .put('discard', 'unmap', rule('storage/discard'))
    .append(cacheProperty(image.cache))
}
