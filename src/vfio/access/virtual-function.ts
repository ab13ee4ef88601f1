import { defineRules } from '../rule.ts'
import type { AccessVariant } from './access.ts'

export const virtualFunctionRules = defineRules({
  'vf/opens-kernel-pf': {
    outcome: 'done',
    why: 'the PF of this VF is not driven by vfio-pci: no token is asked for',
  },
  'vf/token-unwanted': {
    outcome: 'refused',
    errno: 'EINVAL',
    log: 'VF token incorrectly provided, PF not bound to vfio-pci',
    why: 'the PF of this VF is not driven by vfio-pci, and a token is given',
    todo: 'remove the token, or bind the PF to vfio-pci',
  },
  'vf/token-required': {
    outcome: 'refused',
    errno: 'EACCES',
    log: 'VF token required to access device',
    why: 'the PF of this VF is driven by vfio-pci, and no token is given',
    todo: 'give the VF the token that the driver of the PF has set',
  },
  'vf/token-incorrect': {
    outcome: 'refused',
    errno: 'EACCES',
    log: 'Incorrect VF token provided for device',
    why: 'the token given is not the one that the PF has now',
    todo: 'give the VF the token that the driver of the PF has set, and start the PF first',
  },
  'vf/opens': { outcome: 'done', why: 'the token is the one that the PF has; the PF counts one more VF in use' },
})

/** A VF whose PF a driver of the kernel (or nobody) drives. */
export const virtualFunctionOfKernelPf: AccessVariant = {
  applies: ({ device, physicalFunction }) => device.physicalFunction !== undefined && physicalFunction === undefined,
  decide: ({ token }) => ({
    rule: token === undefined ? virtualFunctionRules['vf/opens-kernel-pf'] : virtualFunctionRules['vf/token-unwanted'],
  }),
}

/** A VF whose PF is driven by vfio-pci. */
export const virtualFunctionOfVfioPf: AccessVariant = {
  applies: ({ physicalFunction }) => physicalFunction !== undefined,
  decide: ({ physicalFunction, token }) => {
    if (token === undefined) return { rule: virtualFunctionRules['vf/token-required'] }
    if (token !== physicalFunction?.vfToken?.uuid) return { rule: virtualFunctionRules['vf/token-incorrect'] }
    return { rule: virtualFunctionRules['vf/opens'] }
  },
}
