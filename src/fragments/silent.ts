import type { SilentRow } from '../codec/silent.ts'

/** Of what no command line is made, wherever it stands. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['address/@domain'],
    why: 'A guest has one PCI domain: 0 is the only number that is taken.',
    evidence: 'libvirt 11.3 asked',
  },
  {
    paths: ['address/@type'],
    why: 'Only one type fits the device; another is refused.',
    evidence: 'libvirt 11.3 asked',
  },
  {
    paths: ['seclabel'],
    why: 'A label for the file, set on the host by the security driver.',
    evidence: 'formatdomain, Security label',
  },
  {
    paths: ['protocol/@type'],
    why: 'Raw bytes are what there is without it; telnet has properties of its own.',
    evidence: 'formatdomain, TCP client/server',
  },
  {
    paths: ['secret/@type', 'secret/@usage', 'secret/@uuid'],
    why: 'Finds the secret; what is in it is what QEMU gets.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['@unit'],
    why: 'Belongs to a number, which is read as one size whatever its unit.',
    evidence: 'formatdomain, Memory Allocation',
  },
]
