import type { Context } from '../../context/context.ts'
import type { Disk, DiskBus } from './element.ts'

const counted: ReadonlySet<DiskBus> = new Set(['virtio', 'ide', 'sata', 'scsi', 'usb'])

/** Intervals are a property of some devices; histograms are set once the guest runs. */
export function checkStatistics({ driver, target }: Disk, context: Context): void {
  const statistics = driver?.statistics
  const bus = target?.bus
  if (statistics && statistics.statistic.length > 0 && bus !== undefined && !counted.has(bus)) {
    context.error({
      code: 'disk/statistics-bus',
      message: `A disk on the bus ${bus} counts nothing over intervals.`,
      hint: "Remove <statistic>, or use bus='virtio', 'scsi', 'sata' or 'ide'.",
      at: statistics,
    })
  }
  if (statistics) checkHistograms(statistics, context)
  if (target?.dpofua !== undefined && bus !== undefined && bus !== 'scsi') {
    context.error({
      code: 'disk/dpofua-bus',
      message: `Commands of a disk on the bus ${bus} have no DPO and FUA: SCSI has.`,
      hint: "Remove dpofua, or use bus='scsi'.",
      at: target,
      field: 'dpofua',
    })
  }
}

type Statistics = NonNullable<NonNullable<Disk['driver']>['statistics']>

function checkHistograms(statistics: Statistics, context: Context): void {
  const seen = new Set<string | undefined>()
  for (const histogram of statistics['latency-histogram']) {
    const { type, bin } = histogram
    if (seen.has(type)) {
      context.error({
        code: 'disk/histogram-doubled',
        message:
          type === undefined ? 'Two histograms are of all operations.' : `Two histograms are of the type ${type}.`,
        hint: 'Keep one.',
        at: histogram,
      })
    }
    seen.add(type)
    if (bin.length === 0) {
      context.error({
        code: 'disk/histogram-without-bins',
        message: 'The histogram has no bins.',
        hint: "Add <bin start='0'/> and more.",
        at: histogram,
      })
    } else if (bin.some(({ start }, index) => index > 0 && start <= bin[index - 1]!.start)) {
      context.error({
        code: 'disk/histogram-order',
        message: 'The bins of the histogram do not start one after another.',
        hint: 'Sort them by start, each higher than the one before.',
        at: histogram,
      })
    }
  }
}
