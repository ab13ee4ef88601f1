import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { iothreadMapping } from '../../parts/iothread-mapping.ts'
import { virtioDriver } from '../../parts/virtio-device.ts'
import { virtioProperties } from '../../parts/virtio-options.ts'
import type { Disk } from './element.ts'
import { virtioModelOf } from './usb.ts'

/** The head of a virtio disk's `-device`, up to its address. */
export function virtioDisk(disk: Disk, context: Context): Properties {
  const { driver } = disk
  const name = disk.type === 'vhostuser' ? 'vhost-user-blk' : 'virtio-blk'
  const properties = new Properties()
    .put('driver', virtioDriver(name, virtioModelOf(disk), disk), of(disk, 'model', 'target'))
    .append(virtioProperties(driver))
  if (driver) {
    if (driver.iothread !== undefined) properties.put('iothread', `iothread${driver.iothread}`, of(driver, 'iothread'))
    properties.field('ioeventfd', driver, 'ioeventfd').field('event_idx', driver, 'event_idx')
  }
  properties.append(scsiPassthrough(disk, context))
  if (driver) {
    properties
      .field('num-queues', driver, 'queues')
      .field('queue-size', driver, 'queue_size')
      .put('iothread-vq-mapping', iothreadMapping(driver.iothreads), of(driver, 'iothreads'))
  }
  return properties.append(deviceAddress(disk, context))
}

/** SCSI commands through virtio-blk: on for a LUN; switched off where this QEMU has it on by itself. */
function scsiPassthrough(disk: Disk, { capabilities }: Context): Properties {
  const properties = new Properties()
  if (disk.type === 'vhostuser' || !capabilities.has('virtio-blk-pci.scsi')) return properties
  if (disk.device === 'lun') return properties.put('scsi', true, of(disk, 'device'))
  if (capabilities.has('virtio-blk-pci.scsi.default.disabled')) return properties
  return properties.put('scsi', false, rule('disk/scsi-off'))
}
