import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['numatune/memory/@placement'], why: 'Who chose the nodes.', evidence: 'formatdomain, NUMA Node Tuning' },
]
