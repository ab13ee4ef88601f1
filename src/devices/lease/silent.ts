import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['key', 'lockspace', 'target'], why: 'Taken by the lock manager.', evidence: 'formatdomain, Device leases' },
]
