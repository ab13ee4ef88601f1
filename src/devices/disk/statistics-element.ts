import { element, type Infer, type Settling } from '../../codec/element.ts'
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
function checkBins({ fields, error }: Settling): void {
  const bins = fields.bin as readonly { start: bigint }[]
  const starts = bins.map(({ start }) => start)
  if (starts.length === 0) {
    error({
      code: 'disk/histogram-without-bins',
      message: 'The histogram has no bins.',
      hint: "Add <bin start='0'/> and more.",
    })
  } else if (starts.some((start, index) => index > 0 && start <= starts[index - 1]!)) {
    error({
      code: 'disk/histogram-order',
      message: 'The bins of the histogram do not start one after another.',
      hint: 'Sort them by start, each higher than the one before.',
    })
  } else if (starts[0] !== 0n) fields.bin = [bin.create({ start: 0n }), ...bins]
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
  { settle: checkBins },
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
  {
    omitEmpty: true,
    settle: ({ fields, error }) => {
      const seen = new Set<unknown>()
      for (const { type } of fields['latency-histogram'] as readonly Infer<typeof histogram>[]) {
        if (seen.has(type)) {
          error({
            code: 'disk/histogram-doubled',
            message:
              type === undefined ? 'Two histograms are of all operations.' : `Two histograms are of the type ${type}.`,
            hint: 'Keep one.',
          })
        }
        seen.add(type)
      }
    },
  },
)
