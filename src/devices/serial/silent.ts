import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['log/@append', 'source/@append'],
    why: 'The file is opened by virtlogd, which QEMU gets as a descriptor.',
    evidence: 'formatdomain, Relationship between serial ports and consoles',
  },
]
