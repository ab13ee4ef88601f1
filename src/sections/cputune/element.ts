import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, textChild } from '../../codec/field.ts'
import { big, integer, unsetAtZero } from '../../codec/number.ts'
import { absentAs, oneOf, type Scalar } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'
import { resctrlGroups } from './resctrl-element.ts'
import { settleCputune } from './settle.ts'

const period = absentAs('0', big({ min: 1000n, max: 1_000_000n }))

/** Microseconds a period: 1000 and more, or any negative number for no limit. */
const quota: Scalar<bigint> = {
  parse: (raw) => {
    if (!/^\s*[+-]?\d+$/.test(raw)) return { problem: 'is not a whole number' }
    const value = BigInt(raw.trim())
    return (value >= 0n && value < 1000n && value !== 0n) || value > 17_592_186_044_415n
      ? { problem: 'is out of range: it must be negative (no limit), or from 1000 to 17592186044415' }
      : value
  },
  format: String,
  schema: { type: ['integer', 'string'], pattern: '^-?[0-9]+$' },
  examples: ['-1', '1000', '500000'],
  doc: 'microseconds from 1000, or a negative number for no limit',
}

const time = (what: string) => ({
  period: textChild(period, { doc: `Length of a period of ${what} in microseconds.`, invalid: 'cputune/period' }),
  quota: textChild(unsetAtZero(quota), {
    doc: `Time of a period that ${what} may run; negative: no limit.`,
    invalid: 'cputune/quota',
  }),
})

const cpus = required(numberRanges('host CPUs'), { doc: 'Processors of the host.' })
const vcpupin = element('vcpupin', 'Where one virtual CPU runs.', {
  attributes: { vcpu: required(integer(), { doc: 'The virtual CPU.' }), cpuset: cpus },
})
const emulatorpin = element('emulatorpin', "Where QEMU's own threads run.", { attributes: { cpuset: cpus } })
const iothreadpin = element('iothreadpin', 'Where an I/O thread runs.', {
  attributes: { iothread: required(integer({ min: 1 }), { doc: 'The I/O thread.' }), cpuset: cpus },
})

const scheduling = {
  scheduler: required(oneOf('batch', 'idle', 'fifo', 'rr'), { doc: "The kernel's scheduler." }),
  priority: optional(integer({ min: -0x80000000, max: 0x7fffffff }), { doc: 'Priority of fifo and rr.' }),
} as const

const threads = (of: string) => required(numberRanges(of), { doc: `The ${of}.` })
const vcpusched = element('vcpusched', 'How virtual CPUs are scheduled.', {
  attributes: { vcpus: threads('virtual CPUs'), ...scheduling },
})
const iothreadsched = element('iothreadsched', 'How I/O threads are scheduled.', {
  attributes: { iothreads: threads('I/O threads'), ...scheduling },
})
const emulatorsched = element('emulatorsched', "How QEMU's own threads are scheduled.", { attributes: scheduling })

const all = time('the virtual CPUs')
const whole = time('the whole guest')
const emulator = time("QEMU's own threads")
const iothreads = time('the I/O threads')

export const cputune = element(
  'cputune',
  'How the host runs the virtual CPUs (formatdomain, "CPU Tuning").',
  {
    children: {
      shares: textChild(big(), { doc: 'Weight against other guests.' }),
      period: all.period,
      quota: all.quota,
      global_period: whole.period,
      global_quota: whole.quota,
      emulator_period: emulator.period,
      emulator_quota: emulator.quota,
      iothread_period: iothreads.period,
      iothread_quota: iothreads.quota,
      vcpupin: many(vcpupin),
      emulatorpin: child(emulatorpin, { once: true }),
      iothreadpin: many(iothreadpin),
      emulatorsched: child(emulatorsched),
      vcpusched: many(vcpusched),
      iothreadsched: many(iothreadsched),
      ...resctrlGroups,
    },
  },
  {
    settle: settleCputune,
    omitEmpty: true,
  },
)

export type Cputune = Infer<typeof cputune>
