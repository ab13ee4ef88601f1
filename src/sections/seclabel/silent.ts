import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['seclabel'],
    why: 'Labels of the process, set by the security driver.',
    evidence: 'formatdomain, Security label',
  },
]
