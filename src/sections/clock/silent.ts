import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['clock/@start', 'clock/timer/catchup'],
    why: 'Kept in the definition; QEMU has no option for it.',
    evidence: 'formatdomain, Time keeping',
  },
]
