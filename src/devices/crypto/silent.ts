import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['@type'], why: 'QEMU has one type of backend.', evidence: 'formatdomain, Crypto' },
]
