import type { AccessVariant, Asked, Decision } from './access.ts'
import { physicalFunction } from './physical-function.ts'
import { plainFunction } from './plain.ts'
import { virtualFunctionOfKernelPf, virtualFunctionOfVfioPf } from './virtual-function.ts'

/** The first that applies decides; the last applies to everything. */
const variants: readonly AccessVariant[] = [
  virtualFunctionOfKernelPf,
  virtualFunctionOfVfioPf,
  physicalFunction,
  plainFunction,
]

/** Whether a function bound to vfio-pci may be opened with this token, or with none. */
export function decideAccess(asked: Asked): Decision {
  const variant = variants.find((candidate) => candidate.applies(asked)) ?? plainFunction
  return variant.decide(asked)
}
