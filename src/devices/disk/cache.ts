import { of } from '../../argv/piece.ts'
import type { ImageCache } from '../../parts/storage-source/image.ts'
import type { Disk } from './element.ts'

/** The cache mode: the domain's; none where several guests write to the disk, as they would not see each other's writes. */
export function cacheOf(disk: Disk): ImageCache | undefined {
  const { driver } = disk
  if (driver?.cache !== undefined && driver.cache !== 'default')
    return { mode: driver.cache, from: of(driver, 'cache') }
  return disk.shareable && !disk.readonly ? { mode: 'none', from: of(disk, 'shareable') } : undefined
}
