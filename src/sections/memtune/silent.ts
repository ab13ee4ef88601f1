import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['memtune/hard_limit', 'memtune/soft_limit', 'memtune/swap_hard_limit'],
    why: 'Set by cgroups.',
    evidence: 'formatdomain, Memory Tuning',
  },
]
