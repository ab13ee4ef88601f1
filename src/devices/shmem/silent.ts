import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['model/@type', 'server'],
    why: 'Chosen by the kind of memory; a server is found by its path alone.',
    evidence: 'formatdomain, Shared memory device',
  },
]
