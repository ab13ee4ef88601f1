import type { Context } from '../../context/context.ts'
import type { Disk, DiskBus } from './element.ts'

const counted: ReadonlySet<DiskBus | undefined> = new Set(['virtio', 'ide', 'sata', 'scsi', 'usb'])

/** Intervals are a property of some devices; histograms are set once the guest runs. */
export function checkStatistics({ driver, target }: Disk, context: Context): void {
  const statistics = driver?.statistics
  if (statistics && statistics.statistic.length > 0 && !counted.has(target?.bus)) {
    context.error({
      code: 'disk/statistics-bus',
      message: `A disk on the bus ${target?.bus} counts nothing over intervals.`,
      hint: "Remove <statistic>, or use bus='virtio', 'scsi', 'sata' or 'ide'.",
      at: statistics,
    })
  }
  if (target?.dpofua !== undefined && target.bus !== 'scsi') {
    context.error({
      code: 'disk/dpofua-bus',
      message: `Commands of a disk on the bus ${target.bus} have no DPO and FUA: SCSI has.`,
      hint: "Remove dpofua, or use bus='scsi'.",
      at: target,
      field: 'dpofua',
    })
  }
}
