import type { Rule } from '../rule.ts'
import type { FunctionState } from '../state.ts'

/** Someone opens a function that is bound to vfio-pci. */
export interface Asked {
  readonly device: FunctionState
  /** The PF of a VF, only where vfio-pci drives it. */
  readonly physicalFunction: FunctionState | undefined
  readonly token: string | undefined
}

export interface Decision {
  readonly rule: Rule
  /** The PF's token from now on, where opening sets it. */
  readonly setsToken?: string
}

/** The access rules of one sort of function. */
export interface AccessVariant {
  applies(asked: Asked): boolean
  decide(asked: Asked): Decision
}
