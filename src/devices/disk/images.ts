import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import type { SourceByType } from '../../fragments/storage-source/element.ts'
import type { Image } from '../../fragments/storage-source/image.ts'
import type { Disk } from './element.ts'

/** The images of a disk from the top down. */
export interface Chain {
  readonly images: readonly Image[]
  /** The domain says that nothing is below the last one. */
  readonly terminated: boolean
}

const chains = startKey<Chain>('disk/chain')

/** The chain of a disk; undefined where its drive is empty. */
export function chainOf(disk: Disk, context: Context): Chain | undefined {
  return context.start.get(chains, disk)
}

/** Names the nodes of all disks: numbers run from the last disk to the first, each chain from the top down. */
export function nameImages(context: Context): void {
  let last = 0
  for (const disk of [...context.devices.disk].reverse()) {
    // An empty drive takes a number too.
    if (isEmpty(disk)) last++
    else
      context.start.set(
        chains,
        disk,
        chainFrom(disk, () => `libvirt-${++last}`),
      )
  }
}

/** A drive without a medium. */
export function isEmpty(disk: SourceByType): boolean {
  const { source } = disk
  if (source === undefined) return true
  switch (disk.type) {
    case 'file':
      return disk.source?.file === undefined
    case 'block':
      return disk.source?.dev === undefined
    case 'dir':
      return disk.source?.dir === undefined
    case 'volume':
      return disk.source?.volume === undefined
    default:
      return false
  }
}

function chainFrom(disk: Disk, nextPrefix: () => string): Chain {
  const { driver } = disk
  const images: Image[] = [
    {
      prefix: nextPrefix(),
      located: disk,
      format: { value: driver?.type ?? 'raw', from: driver ? of(driver, 'type') : rule('disk/driver') },
      readOnly: { value: disk.readonly === true, from: of(disk, 'readonly') },
      driver,
      top: true,
      floppy: disk.device === 'floppy',
      auth: disk.auth ?? disk.source?.auth,
      encryption: disk.encryption ?? disk.source?.encryption,
      metadataCache: driver?.metadata_cache,
    },
  ]
  let below: BackingStore | undefined = disk.backingStore
  while (below?.type !== undefined) {
    images.push({
      prefix: nextPrefix(),
      located: below,
      format: { value: below.format?.type ?? 'raw', from: of(below, 'format') },
      readOnly: { value: true, from: rule('disk/backing-read-only') },
      driver,
      top: false,
      floppy: false,
      auth: below.source?.auth,
      encryption: below.source?.encryption,
      metadataCache: below.format?.metadata_cache,
    })
    below = below.backingStore
  }
  return { images, terminated: below !== undefined }
}
