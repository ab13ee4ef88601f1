import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { type FdSet, fdSetPath } from '../../context/fd-set.ts'
import type { SourceOf } from '../../fragments/storage-source/element.ts'
import type { Image } from './image.ts'
import { reservationManager } from './reservations.ts'

/** How the host does asynchronous I/O. */
const aio = (image: Image) => {
  const { driver } = image
  return new Properties().put('aio', driver?.io, driver ? of(driver, 'io') : rule('storage/aio'))
}

/** QEMU's driver `file`. */
export function fileStorage(source: SourceOf<'file'>, image: Image, _context: Context, fds?: FdSet): Properties {
  const properties = new Properties().put('driver', 'file', rule('storage/file'))
  if (fds) properties.put('filename', fdSetPath(fds), of(source, 'fdgroup'))
  else properties.field('filename', source, 'file')
  const manager = reservationManager(image)
  return properties.append(aio(image)).put('pr-manager', manager?.id, manager?.from ?? rule('storage/file'))
}

/** QEMU's driver of a block device: `host_cdrom` where the host's own CD drive is given, to see its tray. */
export function blockStorage(source: SourceOf<'block'>, image: Image, context: Context): Properties {
  const manager = reservationManager(image)
  const drive = context.host.hostCdrom.includes(source.dev ?? '')
  return new Properties()
    .put('driver', drive ? 'host_cdrom' : 'host_device', rule('storage/block'))
    .field('filename', source, 'dev')
    .append(drive ? undefined : aio(image))
    .put('pr-manager', manager?.id, manager?.from ?? rule('storage/block'))
}

/** A directory as a FAT file system that QEMU makes up. */
export function dirStorage(source: SourceOf<'dir'>, image: Image): Properties {
  return new Properties()
    .put('driver', 'vvfat', rule('storage/dir'))
    .field('dir', source, 'dir')
    .put('floppy', image.floppy, rule('storage/dir-as-floppy'))
    .put('rw', !image.readOnly.value, image.readOnly.from)
}
