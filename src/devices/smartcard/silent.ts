import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['address/@slot'], why: 'A CCID bus has one slot.', evidence: 'formatdomain, Smartcard devices' },
]
