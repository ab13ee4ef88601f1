import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['address'],
    why: 'The console of a serial port sits where the port does.',
    evidence: 'formatdomain, Console',
  },
  {
    paths: ['source/@channel', 'source/@mode', 'source/@host', 'source/@service'],
    why: 'A console that is another name of the serial port is read from the port.',
    evidence: 'formatdomain, Console',
  },
  { paths: ['target/@port'], why: 'Numbered by libvirt.', evidence: 'formatdomain, Console' },
]
