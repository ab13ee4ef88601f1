import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { CacheMode, ImageDriver } from './image.ts'

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

export function cacheSwitches(driver: ImageDriver | undefined) {
  return driver?.cache === undefined || driver.cache === 'default' ? undefined : switches[driver.cache]
}

/** `cache` of a node, where the domain chooses a mode. */
export function cacheProperty(driver: ImageDriver | undefined): Properties {
  const properties = new Properties()
  const cache = cacheSwitches(driver)
  if (driver === undefined || cache === undefined) return properties
  const from = of(driver, 'cache')
  return properties.put(
    'cache',
    new Properties().put('direct', cache.direct, from).put('no-flush', cache.noFlush, from),
    from,
  )
}
