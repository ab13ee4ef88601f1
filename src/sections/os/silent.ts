import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['os/type', 'os/firmware/feature/@name', 'os/nvram/@template'],
    why: 'Only one word is taken, or it finds the firmware, whose file QEMU gets.',
    evidence: 'formatdomain, Guest firmware',
  },
]
