import type { SilentRow } from '../../codec/silent.ts'

/** Of what no command line is made. */
export const silent: readonly SilentRow[] = [
  {
    paths: ['mirror'],
    why: 'A copy that a running guest makes: state, which a start does not take up.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['iotune'],
    why: 'Limits are told to a running QEMU by its monitor before the guest runs.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['@snapshot'],
    why: 'How a snapshot that is taken later treats the disk.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['@rawio'],
    why: 'A capability of the QEMU process, which its parent leaves to it.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['driver/@name'],
    why: 'qemu is the only driver there is.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['backingStore', 'source/@index', '*/backingStore/@index'],
    why: 'The end of a chain, and numbers that libvirt gives its parts while it runs.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['source/@startupPolicy'],
    why: 'Whether a start goes on without the image: asked before there is a command line.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['source/@managed'],
    why: 'Whether libvirt takes the NVMe controller from the host, and gives it back.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['source/@type'],
    why: 'Kind of a vhost-user source: a UNIX socket is the only one.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['source/identity', 'source/knownHosts', 'source/readahead', 'source/timeout'],
    why: 'Told to nbdkit, the program that serves the image.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['*/slice/@type'],
    why: 'storage is the only kind of slice.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['driver/iothreads/iothread/queue/@id'],
    why: 'Printed as a whole list: the piece names the list.',
    evidence: 'a golden of 10.1',
  },
  {
    paths: ['target/@tray'],
    why: 'A tray that is open when the guest starts is opened by the monitor.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
  {
    paths: ['transient'],
    why: 'libvirt makes an overlay for it when QEMU runs already.',
    evidence: 'formatdomain, Hard drives, floppy disks, CDROMs',
  },
]
