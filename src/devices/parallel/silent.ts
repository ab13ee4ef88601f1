import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  { paths: ['target/@port'], why: 'Numbered by libvirt.', evidence: 'formatdomain, Parallel port' },
]
