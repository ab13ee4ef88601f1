import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, withDefault } from '../../codec/field.ts'
import { big, unsetAtZero } from '../../codec/number.ts'
import { emptyAsAbsent, oneOf, type Problem, type Scalar, text, yesNo } from '../../codec/scalar.ts'

const catchup = element('catchup', 'How a timer catches up with missed ticks.', {
  attributes: {
    threshold: optional(big(), { doc: 'How many ticks may be missed before it catches up.' }),
    slew: optional(big(), { doc: 'How fast it catches up.' }),
    limit: optional(big(), { doc: 'How many ticks it catches up at most.' }),
  },
})

const timer = element(
  'timer',
  'A timer of the guest.',
  {
    attributes: {
      name: required(oneOf('platform', 'pit', 'rtc', 'hpet', 'tsc', 'kvmclock', 'hypervclock', 'armvtimer'), {
        doc: 'Which timer.',
        invalid: 'clock/timer-name',
      }),
      present: optional(yesNo, { doc: 'Whether the guest has it.' }),
      tickpolicy: optional(oneOf('delay', 'catchup', 'merge', 'discard'), {
        doc: 'What happens to ticks that were missed.',
      }),
      track: optional(oneOf('boot', 'guest', 'wall', 'realtime'), { doc: 'What the rtc follows.' }),
      frequency: optional(unsetAtZero(big()), { doc: 'Frequency of the tsc in Hz.' }),
      mode: optional(oneOf('auto', 'native', 'emulate', 'paravirt', 'smpsafe'), { doc: 'How the tsc is run.' }),
    },
    children: { catchup: child(catchup) },
  },
  {
    settle: ({ fields, error }) => {
      const wish = fields.catchup as Infer<typeof catchup> | undefined
      if (wish === undefined) return
      if (!Object.values(wish).some(Boolean)) fields.catchup = undefined
      else if (fields.tickpolicy !== 'catchup') {
        error({
          code: 'clock/catchup-policy',
          message: 'How a timer catches up says nothing of one that does not.',
          hint: "Write tickpolicy='catchup', or remove <catchup>.",
          attribute: 'tickpolicy',
        })
      }
    },
  },
)

/** `reset`, or seconds: a 64-bit number, with its sign. */
const adjustment: Scalar<'reset' | bigint> = {
  parse: (raw): 'reset' | bigint | Problem => (raw === 'reset' ? raw : seconds.parse(raw)),
  format: String,
  schema: { oneOf: [{ const: 'reset' }, { type: ['integer', 'string'], pattern: '^-?[0-9]+$' }] },
  doc: 'reset, or a number of seconds',
  examples: ['reset', '0', '-3600'],
}

const seconds = big({ min: -(2n ** 63n), max: 2n ** 63n - 1n })

/**
 * The clock of the guest. An adjusted utc or localtime is a variable clock with that basis (formatdomain, "Time
 * keeping").
 */
export const clock = element(
  'clock',
  "The guest's clock.",
  {
    attributes: {
      offset: withDefault(emptyAsAbsent(oneOf('utc', 'localtime', 'variable', 'timezone', 'absolute')), 'utc', {
        doc: 'What the clock starts from.',
        invalid: 'clock/offset',
      }),
      timezone: optional(text, { doc: "A time zone's name, with offset=timezone." }),
      start: optional(big(), { doc: 'Seconds since 1970 UTC, with offset=absolute.' }),
      adjustment: optional(emptyAsAbsent(adjustment), {
        doc: 'Seconds added, with offset=variable; reset: changes of the guest are lost at each start.',
        invalid: 'clock/adjustment',
      }),
      basis: optional(emptyAsAbsent(oneOf('utc', 'localtime')), {
        doc: 'What the seconds are added to, with offset=variable.',
      }),
    },
    children: { timer: many(timer) },
  },
  {
    settle: ({ fields, error }) => {
      const { offset } = fields
      if (offset === 'timezone' && fields.timezone === undefined) {
        error({
          code: 'clock/missing-timezone',
          message: 'A clock in a time zone needs the name of the zone.',
          hint: "Add timezone='Europe/Paris', or another name of the time zone database.",
        })
      }
      if (offset === 'absolute' && fields.start === undefined) {
        error({
          code: 'clock/missing-start',
          message: 'An absolute clock needs the time at which it starts.',
          hint: "Add start='…', in seconds since 1970.",
        })
      }
      if (offset === 'variable') {
        if (fields.adjustment === 'reset') {
          error({
            code: 'clock/adjustment',
            message: 'A variable clock is adjusted by seconds; only utc and localtime can be reset.',
            attribute: 'adjustment',
          })
        }
        fields.adjustment ??= 0n
        fields.basis ??= 'utc'
      } else if ((offset === 'utc' || offset === 'localtime') && typeof fields.adjustment === 'bigint') {
        fields.basis = offset
        fields.offset = 'variable'
      } else fields.basis = undefined
      if (offset !== 'timezone') fields.timezone = undefined
      if (offset !== 'absolute') fields.start = undefined
      if (offset === 'timezone' || offset === 'absolute') fields.adjustment = undefined
    },
  },
)

export type Clock = Infer<typeof clock>
export type Timer = Clock['timer'][number]
