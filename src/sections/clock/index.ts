import { of, rule } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { clock } from './element.ts'

export const clockSection = {
  basic: [
    {
      name: 'clock/utc',
      apply: (context) => {
        if (context.definition.clock === undefined) {
          context.set(context.definition, 'clock', clock.create({ offset: 'utc' }), defaultRule('clock/utc'))
        }
      },
    },
  ],
  argv: {
    rtc: ({ definition }, out) => {
      out.text('-rtc', 'base=utc', definition.clock ? of(definition.clock, 'offset') : rule('clock/utc'))
    },
  },
} satisfies Section
