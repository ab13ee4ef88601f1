import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import { type DataStore, locatedOf, type SourceByType } from '../../fragments/storage-source/element.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import { hostFact } from '../../origin/origin.ts'
import { mayHaveBacking } from '../../parts/storage-source/format-layer.ts'
import { type Image, mayBeBare, topNode, writableDescriptor } from '../../parts/storage-source/image.ts'
import { type OpenedImage, openImage } from '../../parts/storage-source/opened.ts'
import { cacheOf } from './cache.ts'
import type { Disk } from './element.ts'
import { lookBelow } from './examined.ts'
import { resolveVolume } from './volume.ts'

/** What a start makes of a disk's chain. */
export interface Chain {
  /** From the bottom up, as QEMU must be told. */
  readonly opened: readonly OpenedImage[]
  /** Prefix of the topmost image's nodes, `libvirt-3`. */
  readonly prefix: string
  /** The node of the topmost image. */
  readonly node: string
  /** Names of the nodes of the disk's filters, in their order. */
  readonly filters: readonly string[]
}

const chains = startKey<Chain>('disk/chain')

/** The chain of a disk; undefined where its drive is empty. */
export function chainOf(disk: Disk, context: Context): Chain | undefined {
  return context.start.get(chains, disk)
}

/** Opens the chains of all disks: numbers run from the last disk to the first, each chain from the top down. */
export function openChains(context: Context): void {
  for (const disk of [...context.devices.disk].reverse()) {
    const { images, ends } = imagesOf(disk, () => context.nodeNames.next(), context)
    const [top] = images
    if (top === undefined) continue
    const opened = images.map((image, at) => {
      const below = images[at + 1]
      const end = ends && mayHaveBacking(image.format.value) ? null : undefined
      return openImage(image, below ? topNode(below) : end, context)
    })
    const filters = (disk.throttlefilters?.throttlefilter ?? []).map(() => `${context.nodeNames.next()}-filter`)
    context.start.set(chains, disk, { opened: opened.reverse(), prefix: top.prefix, node: topNode(top), filters })
  }
}

/**
 * The images of a disk from the top down. An empty drive takes a number too; a disk of another process and an SD card,
 * whose layers have no names, take none. `ends`: nothing lies below the last one, as the domain says or a start sees.
 */
function imagesOf(
  disk: Disk,
  nextPrefix: () => string,
  context: Context,
): { readonly images: readonly Image[]; readonly ends: boolean } {
  if (disk.type === 'vhostuser') return none
  const prefix = disk.target?.bus === 'sd' ? context.alias(disk) : nextPrefix()
  if (isEmpty(disk)) return none
  const resolved = disk.type === 'volume' ? resolveVolume(disk, context) : { located: disk, auth: ownAuth(disk) }
  if (resolved === undefined) return none
  const alias = context.alias(disk)
  const withStore = (image: Image): Image => {
    const store = image.located.source?.dataStore
    return store === undefined ? image : { ...image, dataStore: storeImage(store, image, nextPrefix()) }
  }
  const images = [withStore(topImage(disk, alias, prefix, resolved, context))]
  let below: BackingStore | undefined = disk.backingStore
  while (below?.type !== undefined) {
    images.push(withStore(backingImage(below, disk, nextPrefix(), context)))
    below = below.backingStore
  }
  return { images, ends: below !== undefined || look(images, disk, nextPrefix, context) }
}

const none = { images: [], ends: false } as const

/** Adds what a start finds below the last image; true where it comes to an end. */
function look(images: Image[], disk: Disk, nextPrefix: () => string, context: Context): boolean {
  const seen = new Set<string>()
  for (;;) {
    const last = images.at(-1)
    const found = last === undefined ? 'unseen' : lookBelow(last, seen, context)
    if (typeof found === 'string') return found === 'end'
    images.push({ ...belowOf(disk, context), ...found, prefix: nextPrefix() })
  }
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

function backingImage(store: BackingStore & SourceByType, disk: Disk, prefix: string, context: Context): Image {
  return {
    ...belowOf(disk, context),
    prefix,
    located: store,
    format: { value: store.format?.type ?? 'raw', from: of(store, 'format') },
    auth: store.source?.auth,
    encryption: store.source?.encryption,
    metadataCache: store.format?.metadata_cache,
    writableDescriptor: writableDescriptor(store, context),
  }
}

/** The data of a disk's own image are written even where the guest only reads (oracle: libvirt 11.3, 12.8). */
function storeImage(store: DataStore, image: Image, prefix: string): Image {
  const located = locatedOf(store)
  return {
    ...image,
    prefix,
    located,
    format: { value: 'raw', from: of(store, 'format') },
    readOnly: { value: !image.top, from: rule('storage/data-store') },
    auth: located.source?.auth,
    encryption: located.source?.encryption,
    metadataCache: undefined,
    writableDescriptor: undefined,
    dataStore: undefined,
  }
}

/** What all images below the topmost one have in common. */
function belowOf(disk: Disk, context: Context): Omit<Image, 'prefix' | 'located' | 'format'> {
  return {
    alias: context.alias(disk),
    readOnly: { value: true, from: rule('disk/backing-read-only') },
    driver: disk.driver,
    cache: cacheOf(disk),
    top: false,
    floppy: false,
    auth: undefined,
    encryption: undefined,
    metadataCache: undefined,
    mayBeBare: mayBeBare(context),
    writableDescriptor: false,
  }
}
