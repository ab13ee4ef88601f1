import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['*/@unit', 'source/pagesize'],
    why: 'Of a number that is printed in another unit, or of pages that the host has in one size.',
    evidence: 'formatdomain, Memory devices',
  },
]
