import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['cpu/@check', 'cpu/model/@fallback', 'cpu/vendor'],
    why: 'A check that is made before, on the host.',
    evidence: 'formatdomain, CPU model and topology',
  },
  {
    paths: ['cpu', 'cpu/cache/@level'],
    why: 'An empty <cpu>, and the only level of an emulated cache.',
    evidence: 'formatdomain, CPU model and topology',
  },
]
