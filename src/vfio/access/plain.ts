import { defineRules } from '../rule.ts'
import type { AccessVariant } from './access.ts'

export const plainRules = defineRules({
  'plain/opens': { outcome: 'done', why: 'the function is neither PF nor VF: no token is asked for' },
  'plain/token-unwanted': {
    outcome: 'refused',
    errno: 'EINVAL',
    log: 'VF token incorrectly provided, not a PF or VF',
    why: 'the function is neither PF nor VF, and a token is given',
    todo: 'remove the token',
  },
})

/** A function that is neither PF nor VF. */
export const plainFunction: AccessVariant = {
  applies: () => true,
  decide: ({ token }) => ({
    rule: token === undefined ? plainRules['plain/opens'] : plainRules['plain/token-unwanted'],
  }),
}
