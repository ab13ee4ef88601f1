import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import type { SourceByType } from '../../fragments/storage-source/element.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import { mayHaveBacking } from '../../fragments/storage-source/format-layer.ts'
import { type Image, mayBeBare, topNode, writableDescriptor } from '../../fragments/storage-source/image.ts'
import { type OpenedImage, openImage } from '../../fragments/storage-source/opened.ts'
import { hostFact } from '../../origin/origin.ts'
import { cacheOf } from './cache.ts'
import type { Disk } from './element.ts'
import { resolveVolume } from './volume.ts'

/** What a start makes of a disk's chain. */
export interface Chain {
  /** From the bottom up, as QEMU must be told. */
  readonly opened: readonly OpenedImage[]
  /** Prefix of the topmost image's nodes, `libvirt-3`. */
  readonly prefix: string
  /** The node that the disk refers to. */
  readonly node: string
}

const chains = startKey<Chain>('disk/chain')

/** The chain of a disk; undefined where its drive is empty. */
export function chainOf(disk: Disk, context: Context): Chain | undefined {
  return context.start.get(chains, disk)
}

/** Opens the chains of all disks: numbers run from the last disk to the first, each chain from the top down. */
export function openChains(context: Context): void {
  for (const disk of [...context.devices.disk].reverse()) {
    const images = imagesOf(disk, () => context.nodeNames.next(), context)
    const [top] = images
    if (top === undefined) continue
    const ends = endsKnown(disk) || (!context.options.unprobed && images.every(isLocal))
    const opened = images.map((image, at) => {
      const below = images[at + 1]
      const end = ends && mayHaveBacking(image.format.value) ? null : undefined
      return openImage(image, below ? topNode(below) : end, context)
    })
    context.start.set(chains, disk, { opened: opened.reverse(), prefix: top.prefix, node: topNode(top) })
  }
}

/** A start looks into images of this machine; where nothing is described below one, it has nothing below. */
const isLocal = ({ located }: Image) => located.type === 'file' || located.type === 'block'

/** The domain says itself that nothing is below the last image. */
function endsKnown(disk: Disk): boolean {
  let below: BackingStore | undefined = disk.backingStore
  while (below?.type !== undefined) below = below.backingStore
  return below !== undefined
}

/**
 * The images of a disk from the top down. An empty drive takes a number too; a disk of another process and an SD card,
 * whose layers have no names, take none.
 */
function imagesOf(disk: Disk, nextPrefix: () => string, context: Context): Image[] {
  if (disk.type === 'vhostuser') return []
  const prefix = disk.target?.bus === 'sd' ? context.alias(disk) : nextPrefix()
  if (isEmpty(disk)) return []
  const resolved = disk.type === 'volume' ? resolveVolume(disk, context) : { located: disk, auth: ownAuth(disk) }
  if (resolved === undefined) return []
  const alias = context.alias(disk)
  const images = [topImage(disk, alias, prefix, resolved, context)]
  let below: BackingStore | undefined = disk.backingStore
  while (below?.type !== undefined) {
    images.push(backingImage(below, disk, alias, nextPrefix(), context))
    below = below.backingStore
  }
  return images
}

const ownAuth = (disk: Disk) => disk.auth ?? disk.source?.auth

function topImage(
  disk: Disk,
  alias: string,
  prefix: string,
  resolved: Pick<Image, 'located' | 'auth'>,
  context: Context,
): Image {
  const { driver } = disk
  return {
    prefix,
    alias,
    ...resolved,
    format: driver?.type
      ? { value: driver.type, from: of(driver, 'type') }
      : { value: 'raw', from: hostFact('format of the volume') },
    readOnly: { value: disk.readonly === true, from: of(disk, 'readonly') },
    driver,
    cache: cacheOf(disk),
    top: true,
    floppy: disk.device === 'floppy',
    encryption: disk.encryption ?? disk.source?.encryption,
    metadataCache: driver?.metadata_cache,
    mayBeBare: mayBeBare(context),
    writableDescriptor: writableDescriptor(resolved.located, context),
  }
}

function backingImage(
  store: BackingStore & SourceByType,
  disk: Disk,
  alias: string,
  prefix: string,
  context: Context,
): Image {
  const { driver } = disk
  return {
    prefix,
    alias,
    located: store,
    format: { value: store.format?.type ?? 'raw', from: of(store, 'format') },
    readOnly: { value: true, from: rule('disk/backing-read-only') },
    driver,
    cache: cacheOf(disk),
    top: false,
    floppy: false,
    auth: store.source?.auth,
    encryption: store.source?.encryption,
    metadataCache: store.format?.metadata_cache,
    mayBeBare: mayBeBare(context),
    writableDescriptor: writableDescriptor(store, context),
  }
}
