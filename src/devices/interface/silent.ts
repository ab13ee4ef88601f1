import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['@managed'],
    why: 'Whether libvirt takes the function from the host, or makes the tap itself.',
    evidence: 'formatdomain, Network interfaces',
  },
  {
    paths: [
      '@trustGuestRxFilters',
      'bandwidth',
      'coalesce',
      'port',
      'vlan',
      'virtualport',
      'source/@portgroup',
      'source/@portid',
      'source/ip',
      'source/route',
      'downscript',
      'script',
      'target',
      'source/@bridge',
      'source/@dev',
    ],
    why: "Set up on the host's end of the connection; QEMU gets an open descriptor.",
    evidence: 'formatdomain, Network interfaces',
  },
  {
    paths: ['link/@state'],
    why: 'A link that is down is taken down by the monitor before the guest runs.',
    evidence: 'formatdomain, Network interfaces',
  },
  {
    paths: ['backend/@tap', 'backend/@vhost'],
    why: "Files that libvirt opens in place of the host's own.",
    evidence: 'formatdomain, Network interfaces',
  },
  {
    paths: ['backend/@logFile', 'backend/@type', 'portForward'],
    why: 'Told to passt, the program that serves the connection.',
    evidence: 'formatdomain, Userspace connection using passt',
  },
  { paths: ['ip/@family'], why: 'Follows from the address.', evidence: 'formatdomain, Network interfaces' },
  {
    paths: ['source/@network'],
    why: 'Finds the network; the device that it hands out is what QEMU gets.',
    evidence: 'formatdomain, Network interfaces',
  },
]
