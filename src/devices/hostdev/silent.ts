import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['@managed', 'driver/@name', 'driver/@model'],
    why: 'How the host gives the device to QEMU; vfio is the only driver left.',
    evidence: 'formatdomain, Host device assignment',
  },
  {
    paths: ['@mode', '@type', 'source/@protocol', 'teaming/@type'],
    why: 'Chooses what kind of device it is: each has one value that fits its source.',
    evidence: 'formatdomain, Host device assignment',
  },
  {
    paths: ['source/adapter/@name', 'source/address/@target', 'source/address/@unit'],
    why: 'Finds the generic SCSI device on the host, whose path is what QEMU gets.',
    evidence: 'formatdomain, Host device assignment',
  },
]
