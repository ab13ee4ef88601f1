import type { Aim } from './aim.ts'
import { binding } from './binding.ts'
import { features } from './features.ts'
import { opening } from './opening.ts'
import { removing } from './removing.ts'
import { sriov } from './sriov.ts'

/** What the random walk goes for when rules were met too little. */
export const aims: readonly Aim[] = [...opening, ...removing, ...binding, ...sriov, ...features]
