import { all, any, arch, command, deviceProperty, offByDefault, option, schema, type } from '../evidence.ts'
import { goneWithQemu5_1, type Rows, row } from './row.ts'

/** Block back-ends, disks, SCSI and SATA controllers, file systems. */
export const storage = {
  'aio.io_uring': row(
    "disk I/O through io_uring (`<driver io='io_uring'/>`)",
    schema('blockdev-add/arguments/[file]/aio/=io_uring'),
  ),
  am53c974: row("SCSI controller `<controller model='am53c974'>`", type('am53c974')),
  'blockdev-mirror.target-is-zero': row(
    'copy onto storage that is known to be zero',
    schema('blockdev-mirror/arguments/target-is-zero'),
    { since: '12.2' },
  ),
  'blockdev-set-active': row('block nodes that leave and take over their images', command('blockdev-set-active'), {
    since: '11.3',
  }),
  'blockdev.nbd.tls-hostname': row(
    'expected name in the certificate of an NBD server (`<source tlsHostname=>`)',
    schema('blockdev-add/arguments/[nbd]/tls-hostname'),
  ),
  'blockjob.backing-mask-protocol': row(
    'block jobs that name images by their format, so that a raw image needs no node of its own for it',
    schema('block-commit/arguments/backing-mask-protocol'),
    { since: '11.3' },
  ),
  'bus-floppy': row('floppy drive', type('floppy-bus'), { since: '12.8' }),
  dc390: row("SCSI controller `<controller model='dc390'>`", type('dc390')),
  'disk-timed-stats': row(
    'statistics of a disk over intervals (`<statistics>`)',
    any(deviceProperty('virtio-blk-pci', 'stats-intervals'), deviceProperty('virtio-blk-device', 'stats-intervals')),
    { since: '11.9' },
  ),
  'drive-nvme': row(
    "NVMe disk driven from user space (`<disk type='nvme'>`)",
    schema('blockdev-add/arguments/driver/=nvme'),
  ),
  'fsdev.multidevs': row(
    'treatment of several devices under one 9p share (`<filesystem multidevs=>`)',
    option('fsdev', 'multidevs'),
  ),
  'ich9-ahci': row('SATA controller', type('ich9-ahci')),
  lsi: row("SCSI controller `<controller model='lsilogic'>`", type('lsi53c895a')),
  megasas: row("SCSI controller `<controller model='lsisas1078'>`", type('megasas')),
  'migration-file-drop-cache': row(
    'migration with any cache mode, as QEMU drops the page cache of files',
    schema('blockdev-add/arguments/[file]/drop-cache'),
  ),
  mptsas1068: row("SCSI controller `<controller model='lsisas1068'>`", type('mptsas1068')),
  ncr53c90: row(
    "SCSI controller built into sun4m machines (`model='ncr53c90'`)",
    all(any(arch('sparc'), arch('m68k')), type('esp')),
  ),
  nvme: row("NVMe controller (`<controller type='nvme'>`)", type('nvme'), { since: '11.5' }),
  'nvme-ns': row("NVMe disk (`<target bus='nvme'>`)", type('nvme-ns'), { since: '11.5' }),
  pvscsi: row("SCSI controller `<controller model='vmpvscsi'>`", type('pvscsi')),
  'qcow2-discard-no-unref': row(
    'qcow2 that keeps clusters allocated on discard (`<driver discard_no_unref=>`)',
    schema('blockdev-add/arguments/[qcow2]/discard-no-unref'),
  ),
  'rbd-encryption': row('encryption inside librbd', schema('blockdev-add/arguments/[rbd]/encrypt')),
  'rbd-encryption-layering': row(
    'encryption inside librbd, with keys of parent images',
    schema('blockdev-add/arguments/[rbd]/encrypt/parent'),
  ),
  'rbd-encryption-luks-any': row(
    'encryption inside librbd in either version of LUKS',
    schema('blockdev-add/arguments/[rbd]/encrypt/format/=luks-any'),
  ),
  'rotation-rate': row(
    'rotation rate of a disk (`<target rotation_rate=>`)',
    deviceProperty('scsi-hd', 'rotation_rate'),
  ),
  'scsi-block': row("SCSI disk or tape of the host (`<disk device='lun'>`)", type('scsi-block')),
  'scsi-block.migrate-pr': row(
    'persistent reservations that migrate (`<reservations migration=>`)',
    deviceProperty('scsi-block', 'migrate-pr'),
    { since: '12.1' },
  ),
  'scsi-disk.channel': row('bus number of a SCSI disk address', deviceProperty('scsi-hd', 'channel')),
  'vhost-scsi': row("SCSI target in the host's kernel (`<hostdev type='scsi_host'>`)", type('vhost-scsi')),
  'vhost-user-blk': row("disk of another process (`<disk type='vhostuser'>`)", type('vhost-user-blk')),
  'vhost-user-fs': row('virtiofs', type('vhost-user-fs-device')),
  'vhost-user-fs.bootindex': row('boot from virtiofs', deviceProperty('vhost-user-fs-device', 'bootindex')),
  'virtio-blk-pci.scsi': row(
    "SCSI passthrough of a virtio disk (`device='lun'`) can be set",
    deviceProperty('virtio-blk-pci', 'scsi'),
  ),
  'virtio-blk-pci.scsi.default.disabled': row(
    'SCSI passthrough of a virtio disk is off by default and need not be set off',
    offByDefault('virtio-blk-pci', 'scsi'),
  ),
  'virtio-blk-vhost-vdpa': row(
    "vDPA disk through libblkio, by file descriptor (`<disk type='vhostvdpa'>`)",
    schema('blockdev-add/arguments/[virtio-blk-vhost-vdpa]/#fdset'),
  ),
  'virtio-blk.iothread-mapping': row(
    'several I/O threads of a virtio disk (`<iothreads>`)',
    deviceProperty('virtio-blk-pci', 'iothread-vq-mapping'),
  ),
  'virtio-blk.queue-size': row('queue size of a virtio disk', deviceProperty('virtio-blk-pci', 'queue-size')),
  'virtio-scsi-pci': row('virtio SCSI controller', any(type('virtio-scsi-pci'), type('virtio-scsi-device'))),
  'virtio-scsi.iothread-mapping': row(
    'several I/O threads of a virtio SCSI controller (`<iothreads>`)',
    deviceProperty('virtio-scsi-pci', 'iothread-vq-mapping'),
    { since: '11.2' },
  ),
  vxhs: row(
    "Veritas HyperScale disk (`protocol='vxhs'`), gone since QEMU 5.1",
    schema('blockdev-add/arguments/driver/=vxhs'),
    goneWithQemu5_1,
  ),
} satisfies Rows
