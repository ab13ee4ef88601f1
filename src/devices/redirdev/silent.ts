import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['@bus'], why: 'USB is the only bus.', evidence: 'formatdomain, Redirected devices' },
]
