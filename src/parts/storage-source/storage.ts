import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { FdSet } from '../../context/fd-set.ts'
import type { SourceOf, SourceType } from '../../fragments/storage-source/element.ts'
import { cacheProperty } from './cache.ts'
import { accessProperties } from './format-layer.ts'
import { type Image, isBareStorage, storageNode } from './image.ts'
import { blockStorage, dirStorage, fileStorage } from './local.ts'
import { nbdkitStorage, throughNbdkit } from './nbdkit.ts'
import { networkStorage } from './protocols/open.ts'
import { nvmeStorage, vhostVdpaStorage } from './special.ts'

type Opener<T extends SourceType> = (source: SourceOf<T>, image: Image, context: Context, fds?: FdSet) => Properties

/** How QEMU opens each kind of source. A volume has become one of the others by then. */
const openers: { readonly [T in SourceType]?: Opener<T> } = {
  file: fileStorage,
  block: blockStorage,
  dir: dirStorage,
  network: networkStorage,
  nvme: nvmeStorage,
  vhostvdpa: vhostVdpaStorage,
}

/** What QEMU is told of the source itself; nothing where `checkOpened` refuses it. */
export function sourceProperties(image: Image, context: Context, fds?: FdSet): Properties {
  const { type, source } = image.located
  const open = openers[type] as Opener<SourceType> | undefined
  if (open === undefined || source === undefined) return new Properties()
  return throughNbdkit(image.located, context) ? nbdkitStorage(image, context) : open(source, image, context, fds)
}

/** `-blockdev` of the storage layer: where the bytes are. */
export function storageLayer(image: Image, context: Context, fds?: FdSet): Properties {
  const { type } = image.located
  const opened = sourceProperties(image, context, fds)
  opened.put('node-name', storageNode(image), rule('storage/node-name'))
  if (isBareStorage(image)) return opened.append(accessProperties(image))
  // One descriptor cannot be opened anew for writing: it is what it is.
  if (fds?.descriptors.length === 1 && type === 'file')
    opened.put('read-only', readOnlyDescriptor(image), image.readOnly.from)
  else opened.put('auto-read-only', true, rule('storage/auto-read-only'))
  return opened.put('discard', 'unmap', rule('storage/discard')).append(cacheProperty(image.cache))
}

function readOnlyDescriptor({ readOnly, writableDescriptor }: Image): boolean {
  return readOnly.value && writableDescriptor !== true
}
