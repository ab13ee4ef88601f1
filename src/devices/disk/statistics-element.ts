import type { Settling } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { big, cNumber } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'

const statistic = element('statistic', 'Statistics over an interval.', {
  attributes: { interval: required(cNumber({ min: 1 }), { doc: 'Seconds.' }) },
})

const bin = element('bin', 'A part of the histogram.', {
  attributes: { start: required(big(), { doc: 'Shortest time of its operations, in nanoseconds.' }) },
})

/** The first bin holds the shortest operations, whether it is written or not. */
function addFirstBin({ fields }: Settling): void {
  const bins = fields.bin as readonly { start: bigint }[]
  if (bins[0] !== undefined && bins[0].start !== 0n) fields.bin = [bin.create({ start: 0n }), ...bins]
}

const histogram = element(
  'latency-histogram',
  'How many operations took how long.',
  {
    attributes: {
      type: optional(oneOf('read', 'write', 'zone', 'flush'), { doc: 'The operations; all where absent.' }),
    },
    children: { bin: many(bin) },
  },
  { settle: addFirstBin },
)

/** formatdomain, "Hard drives, floppy disks, CDROMs", driver, statistics. */
export const statistics = element(
  'statistics',
  'What QEMU counts beside its totals.',
  {
    children: {
      statistic: many(statistic),
      'latency-histogram': many(histogram, { since: '12.1' }),
    },
  },
  { omitEmpty: true },
)
