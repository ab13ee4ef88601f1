import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['@type', 'driver/@type', 'binary/@path'],
    why: 'Chooses among kinds that a start serves by a program of the host (virtiofsd), or the only one QEMU has.',
    evidence: 'formatdomain, Filesystems',
  },
]
