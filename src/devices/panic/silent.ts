import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['.'], why: 'The machine of s390x and POWER has it in any case.', evidence: 'formatdomain, panic device' },
]
