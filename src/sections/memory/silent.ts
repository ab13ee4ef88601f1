import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['currentMemory'],
    why: 'Told to the balloon by the monitor before the guest runs.',
    evidence: 'formatdomain, Memory Allocation',
  },
]
