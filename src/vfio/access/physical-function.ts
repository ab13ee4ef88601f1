import { defineRules } from '../rule.ts'
import type { AccessVariant } from './access.ts'

export const physicalFunctionRules = defineRules({
  'pf/opens-token-kept': {
    outcome: 'done',
    why: 'no VF is in use: the PF opens without a token, and its token stays as it was',
  },
  'pf/opens-token-set': {
    outcome: 'done',
    why: 'no VF is in use: the PF opens, and the token given is its token from now on',
  },
  'pf/token-required': {
    outcome: 'refused',
    errno: 'EACCES',
    log: 'VF token required to access device',
    why: 'VFs of this PF are in use, and no token is given',
    todo: 'give the PF the token that its VFs were opened with, or stop their users first',
  },
  'pf/token-incorrect': {
    outcome: 'refused',
    errno: 'EACCES',
    log: 'Incorrect VF token provided for device',
    why: 'VFs of this PF are in use, and the token given is not the one they were opened with',
    todo: 'give the PF the token that its VFs were opened with, or stop their users first',
  },
  'pf/opens': { outcome: 'done', why: 'VFs of this PF are in use, and the token given is the one it has' },
})

/** A PF that vfio-pci drives. */
export const physicalFunction: AccessVariant = {
  applies: ({ device }) => device.vfToken !== undefined,
  decide: ({ device, token }) => {
    if (!device.vfToken?.users) {
      if (token === undefined) return { rule: physicalFunctionRules['pf/opens-token-kept'] }
      return { rule: physicalFunctionRules['pf/opens-token-set'], setsToken: token }
    }
    if (token === undefined) return { rule: physicalFunctionRules['pf/token-required'] }
    if (token !== device.vfToken.uuid) return { rule: physicalFunctionRules['pf/token-incorrect'] }
    return { rule: physicalFunctionRules['pf/opens'] }
  },
}
