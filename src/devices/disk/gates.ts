import type { Gate } from '../../context/unit.ts'
import type { Disk } from './element.ts'

const newer = 'Use a newer QEMU, or remove it.'

const librbd = (disk: Disk) => {
  const encryption = disk.encryption ?? disk.source?.encryption
  return encryption?.engine === 'librbd' ? encryption : undefined
}

/** What only some builds of QEMU can do. */
export const diskGates: readonly Gate<Disk>[] = [
  {
    path: 'source/reservations/@migration',
    needs: 'scsi-block.migrate-pr',
    code: 'disk/reservations-migration-unsupported',
    what: 'migration of persistent reservations',
    hint: newer,
  },
  {
    path: 'source/encryption/@engine',
    needs: 'rbd-encryption',
    code: 'disk/librbd-encryption-unsupported',
    what: 'encryption inside librbd',
    hint: newer,
    when: librbd,
  },
  {
    path: 'source/encryption/secret',
    needs: 'rbd-encryption-layering',
    code: 'disk/librbd-layering-unsupported',
    what: 'encryption inside librbd with passphrases of parents',
    hint: newer,
    when: (disk) => {
      const encryption = librbd(disk)
      return encryption && encryption.secret.length > 1 ? encryption : undefined
    },
  },
  {
    path: 'source/encryption/@format',
    needs: 'rbd-encryption-luks-any',
    code: 'disk/luks-any-unsupported',
    what: 'encryption inside librbd in either version of LUKS',
    hint: "Say which: format='luks' or format='luks2'.",
    when: (disk) => {
      const encryption = librbd(disk)
      return encryption?.format === 'luks-any' ? encryption : undefined
    },
  },
  {
    path: 'source/@tlsHostname',
    needs: 'blockdev.nbd.tls-hostname',
    code: 'disk/tls-hostname-unsupported',
    what: 'expected name in the certificate of an NBD server',
    hint: newer,
    when: (disk) => (disk.type === 'network' && disk.source?.tlsHostname !== undefined ? disk.source : undefined),
  },
  {
    path: 'driver/@io',
    needs: 'aio.io_uring',
    code: 'disk/io-uring-unsupported',
    what: 'I/O through io_uring',
    hint: "Use io='native' or io='threads'.",
    is: 'io_uring',
  },
  {
    path: 'driver/iothreads',
    needs: 'virtio-blk.iothread-mapping',
    code: 'disk/iothread-mapping-unsupported',
    what: 'virtio disk with several I/O threads',
    hint: "Use one: iothread='1'.",
  },
  {
    path: 'driver/@queue_size',
    needs: 'virtio-blk.queue-size',
    code: 'disk/queue-size-unsupported',
    what: 'queue size of a virtio disk',
    hint: newer,
  },
  {
    path: 'driver/@discard_no_unref',
    needs: 'qcow2-discard-no-unref',
    code: 'disk/discard-no-unref-unsupported',
    what: 'qcow2 that keeps clusters allocated on discard',
    hint: newer,
  },
  {
    path: 'driver/statistics/statistic',
    needs: 'disk-timed-stats',
    code: 'disk/statistics-unsupported',
    what: 'statistics of a disk over intervals',
    hint: newer,
    when: ({ driver }) => (driver?.statistics?.statistic.length ? driver.statistics : undefined),
  },
  {
    path: 'target/@rotation_rate',
    needs: 'rotation-rate',
    code: 'disk/rotation-rate-unsupported',
    what: 'rotation rate of a disk',
    hint: newer,
  },
  {
    path: 'target/@bus',
    needs: 'nvme-ns',
    code: 'disk/nvme-namespace-unsupported',
    what: 'disk that is a namespace of an NVMe controller',
    hint: "Use bus='virtio' or 'scsi'.",
    is: 'nvme',
  },
  {
    path: '@type',
    needs: 'drive-nvme',
    code: 'disk/nvme-unsupported',
    what: 'NVMe disk driven from user space',
    hint: "Use type='block' with the host's /dev/nvme….",
    is: 'nvme',
  },
  {
    path: '@type',
    needs: 'vhost-user-blk',
    code: 'disk/vhost-user-unsupported',
    what: 'disk of another process',
    hint: newer,
    is: 'vhostuser',
  },
  {
    path: '@type',
    needs: 'virtio-blk-vhost-vdpa',
    code: 'disk/vhost-vdpa-unsupported',
    what: 'vDPA disk',
    hint: newer,
    is: 'vhostvdpa',
  },
  {
    path: '@device',
    needs: 'scsi-block',
    code: 'disk/lun-unsupported',
    what: 'SCSI LUN of the host',
    hint: "Use device='disk'.",
    when: (disk) => (disk.device === 'lun' && disk.target?.bus === 'scsi' ? disk : undefined),
  },
]
