import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['cputune'],
    why: 'Set by cgroups, and by the scheduler of the host.',
    evidence: 'formatdomain, CPU Tuning',
  },
]
