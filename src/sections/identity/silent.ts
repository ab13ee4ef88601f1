import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['@id', 'description', 'title', 'metadata'],
    why: 'For people and programs, not for QEMU.',
    evidence: 'formatdomain, General metadata',
  },
  { paths: ['devices/.'], why: 'Says that there are no devices.', evidence: 'formatdomain, Devices' },
]
