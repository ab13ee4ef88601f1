import { rule } from '../../argv/piece.ts'
import type { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { cacheProperty } from './cache.ts'
import type { SourceOf, SourceType } from './element.ts'
import { type Image, storageNode } from './image.ts'
import { blockStorage, dirStorage, fileStorage } from './local.ts'

type Opener<T extends SourceType> = (source: SourceOf<T>, image: Image, context: Context) => Properties

/** How QEMU opens each kind of source. */
const openers: { readonly [T in SourceType]?: Opener<T> } = {
  file: fileStorage,
  block: blockStorage,
  dir: dirStorage,
}

/** Whether the lowest layer of such a source is built. */
export function canOpen(type: SourceType): boolean {
  return openers[type] !== undefined
}

/** `-blockdev` of the storage layer: where the bytes are. */
export function storageLayer(image: Image, context: Context): Properties {
  const { type, source } = image.located
  const open = openers[type] as Opener<SourceType> | undefined
  if (open === undefined || source === undefined) throw new Error(`no storage layer for ${type}`)
  return open(source, image, context)
    .put('node-name', storageNode(image), rule('storage/node-name'))
    .put('auto-read-only', true, rule('storage/auto-read-only'))
    .put('discard', 'unmap', rule('storage/discard'))
    .append(cacheProperty(image.driver))
}
