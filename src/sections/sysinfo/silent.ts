import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['sysinfo/@type'],
    why: 'A kind that has a line of its own each.',
    evidence: 'formatdomain, SMBIOS System Information',
  },
]
