import { rule } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'

export const lifecycleSection = {
  basic: [
    {
      name: 'lifecycle/defaults',
      apply: (context) => {
        const { definition } = context
        const reason = defaultRule('lifecycle/defaults')
        if (definition.on_poweroff === undefined) context.set(definition, 'on_poweroff', 'destroy', reason)
        if (definition.on_reboot === undefined) context.set(definition, 'on_reboot', 'restart', reason)
        if (definition.on_crash === undefined) context.set(definition, 'on_crash', 'destroy', reason)
      },
    },
  ],
  argv: {
    shutdown: (_context, out) => out.flag('-no-shutdown', rule('lifecycle/no-shutdown')),
  },
} satisfies Section
