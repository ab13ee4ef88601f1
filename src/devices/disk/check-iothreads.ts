import type { Context } from '../../context/context.ts'
import { checkIothreadMapping } from '../../parts/iothread-mapping.ts'
import type { Disk } from './element.ts'

/** I/O threads that serve the virtqueues of a disk. */
export function checkIothreads({ driver, address }: Disk, context: Context): void {
  if (driver === undefined) return
  const { iothread, iothreads } = driver
  if ((iothread ?? iothreads) !== undefined && address?.type === 'virtio-mmio') {
    context.error({
      code: 'disk/iothread-address',
      message: 'An I/O thread serves disks on PCI and ccw, not on virtio-mmio.',
      hint: 'Remove the I/O thread.',
      at: driver,
    })
  }
  checkIothreadMapping(driver, 'disk', context)
}
