import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['stats/@period'],
    why: 'Told to a running QEMU by its monitor.',
    evidence: 'formatdomain, Memory balloon device',
  },
]
