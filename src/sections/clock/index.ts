import { of } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { clock } from './element.ts'
import { checkStart, printRtc } from './rtc.ts'
import { contributeTimers, printTimers } from './timers.ts'
import { checkTimers } from './validate.ts'

export const clockSection = {
  basic: [
    {
      name: 'clock/utc',
      doc: 'The clock of the guest runs in UTC.',
      apply: (context) => {
        if (context.definition.clock === undefined) {
          context.set(context.definition, 'clock', clock.create({ offset: 'utc' }), defaultRule('clock/utc'))
        }
      },
    },
  ],
  validate: (context) => {
    checkStart(context)
    checkTimers(context)
  },
  contribute: contributeTimers,
  argv: {
    rtc: printRtc,
    timers: printTimers,
    environment: ({ definition }, out) => {
      const { clock } = definition
      if (clock?.timezone !== undefined) out.variable('TZ', clock.timezone, of(clock, 'timezone'))
    },
  },
} satisfies Section
