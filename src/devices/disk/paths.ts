import type { Domain } from '../../definition.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import type { SourceByType } from '../../fragments/storage-source/element.ts'

/** The path of an image that the host itself can open. */
export function localPath({ type, source }: SourceByType): string | undefined {
  if (type === 'file') return source?.fdgroup === undefined ? source?.file : undefined
  return type === 'block' ? source?.dev : undefined
}

/** The local images of a domain's disks, those of their written chains included. */
export function imagesIn({ devices }: Domain): string[] {
  return devices.disk.flatMap((disk) => {
    const paths = [disk.type === 'volume' || disk.type === 'vhostuser' ? undefined : localPath(disk)]
    let below: BackingStore | undefined = disk.backingStore
    while (below?.type !== undefined) {
      paths.push(localPath(below))
      below = below.backingStore
    }
    return paths.filter((path) => path !== undefined)
  })
}
