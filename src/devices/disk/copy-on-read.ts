import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Disk } from './element.ts'

export const copyOnReadNode = (disk: Disk): string => `libvirt-CoR-${disk.target?.dev ?? ''}`

/** The filter that copies what is read from below into the image, where the domain asks for it. */
export function copyOnRead(disk: Disk, node: string): Properties | undefined {
  const { driver } = disk
  if (!driver?.copy_on_read) return undefined
  return new Properties()
    .put('driver', 'copy-on-read', of(driver, 'copy_on_read'))
    .put('node-name', copyOnReadNode(disk), rule('disk/copy-on-read'))
    .put('file', node, rule('disk/copy-on-read'))
    .put('discard', 'unmap', rule('disk/copy-on-read'))
}
