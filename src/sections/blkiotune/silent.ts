import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['blkiotune/weight'], why: 'Set by cgroups.', evidence: 'formatdomain, Block I/O Tuning' },
]
