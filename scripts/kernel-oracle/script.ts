import type { Operation } from '../../tests/vfio/operation.ts'
import { binding } from './stories/binding.ts'
import { groups } from './stories/groups.ts'
import { kernelPf } from './stories/kernel-pf.ts'
import { names, plainOpens } from './stories/opening.ts'
import { vfioPf } from './stories/vfio-pf.ts'
import { other, waiting } from './stories/waiting.ts'

/** What a recording of Debian's kernels performs, one story after another, each leaving the machine as it found it. */
export const stories: Readonly<Record<string, readonly Operation[]>> = {
  binding,
  plainOpens,
  names,
  groups,
  kernelPf,
  vfioPf,
  waiting,
  other,
}
