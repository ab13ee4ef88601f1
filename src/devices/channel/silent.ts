import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['target/@state'],
    why: 'State of a running guest: whether the agent is there.',
    evidence: 'formatdomain, Channel',
  },
]
