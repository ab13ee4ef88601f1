import { Properties } from '../../argv/properties.ts'
import type { CacheMode, ImageCache } from './image.ts'

/** QEMU's three switches of each cache mode (QEMU: -drive cache=). */
const switches: {
  readonly [M in CacheMode]: { readonly direct: boolean; readonly noFlush: boolean; readonly writeCache: boolean }
} = {
  none: { direct: true, noFlush: false, writeCache: true },
  writeback: { direct: false, noFlush: false, writeCache: true },
  unsafe: { direct: false, noFlush: true, writeCache: true },
  directsync: { direct: true, noFlush: false, writeCache: false },
  writethrough: { direct: false, noFlush: false, writeCache: false },
}

/** `cache` of a node, where a mode is chosen. */
export function cacheProperty(cache: ImageCache | undefined): Properties {
  const properties = new Properties()
  if (cache === undefined) return properties
  const { direct, noFlush } = switches[cache.mode]
  const { from } = cache
  return properties.put('cache', new Properties().put('direct', direct, from).put('no-flush', noFlush, from), from)
}

/** `write-cache` of the device: whether the guest sees a cache that it must flush. */
export function writeCacheProperty(cache: ImageCache | undefined): Properties {
  const properties = new Properties()
  if (cache === undefined) return properties
  return properties.put('write-cache', switches[cache.mode].writeCache ? 'on' : 'off', cache.from)
}
