import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['idmap'],
    why: 'Of containers; QEMU has no user namespaces of the guest.',
    evidence: 'formatdomain, Container boot',
  },
]
