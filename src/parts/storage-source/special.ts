import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { type FdSet, fdSetPath } from '../../context/fd-set.ts'
import { pciName } from '../../fragments/pci-address.ts'
import type { SourceOf } from '../../fragments/storage-source/element.ts'
import { hostFact } from '../../origin/origin.ts'
import type { Image } from './image.ts'

/** QEMU's own driver for NVMe. */
export function nvmeStorage(source: SourceOf<'nvme'>): Properties {
  const { address } = source
  return new Properties()
    .put('driver', 'nvme', rule('storage/nvme'))
    .put(
      'device',
      pciName(address ?? {}),
      address ? of(address, 'domain', 'bus', 'slot', 'function') : rule('storage/nvme'),
    )
    .put('namespace', BigInt.asIntN(64, source.namespace), of(source, 'namespace'))
}

/** libblkio's driver for a vDPA device; the launcher opens it where it hands out descriptors. */
export function vhostVdpaStorage(
  source: SourceOf<'vhostvdpa'>,
  _image: Image,
  _context: Context,
  fds?: FdSet,
): Properties {
  const properties = new Properties().put('driver', 'virtio-blk-vhost-vdpa', rule('storage/vhost-vdpa'))
  return fds
    ? properties.put('path', fdSetPath(fds), hostFact('descriptor of a vDPA device'))
    : properties.field('path', source, 'dev')
}
