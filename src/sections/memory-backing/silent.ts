import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['memoryBacking/discard', 'memoryBacking/hugepages/page'],
    why: 'A page size of the host, which one folder serves; discard counts where memory is a file.',
    evidence: 'formatdomain, Memory Backing',
  },
]
