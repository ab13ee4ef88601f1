import { driveIndex } from '../../address/drive.ts'
import type { Context } from '../../context/context.ts'
import { hasShortName } from '../../parts/scsi-place.ts'
import { driveBus } from './bus.ts'
import type { Disk } from './element.ts'

/** `ide0-0-1` from the place, `virtio-disk2` from the target's name, `virtio-disk-1` where that is an NVMe namespace's. */
export function diskAlias(disk: Disk, context: Context): string {
  const { address, target } = disk
  const bus = driveBus(disk)
  if (bus === undefined || address?.type !== 'drive') {
    return `${target?.bus}-disk${driveIndex(target?.dev ?? '')?.index ?? -1}`
  }
  const { controller = 0, bus: busNumber = 0, target: id = 0, unit = 0 } = address
  const middle = bus === 'scsi' && !hasShortName(address, context) ? `${busNumber}-${id}` : busNumber
  // libvirt prints the number with a sign.
  return `${bus}${controller}-${middle}-${unit | 0}`
}
