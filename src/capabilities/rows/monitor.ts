import { all, command, listed, schema, type } from '../evidence.ts'
import { inEveryQemu6_2, inEveryQemu7_2, type Rows, row } from './row.ts'

const blockdevReopen = command('blockdev-reopen')
const blockBitmapMapping = schema('migrate-set-parameters/arguments/block-bitmap-mapping/bitmaps/transform')

/** What the monitor can do: statistics, snapshots, backups, migration; and forms of the command line. */
export const monitor = {
  'block-export-add': row('exports of block devices', command('block-export-add'), inEveryQemu6_2),
  'blockdev-reopen': row('options of an open block device can change', blockdevReopen, inEveryQemu6_2),
  'blockdev-snapshot.allow-write-only-overlay': row(
    'snapshot onto an overlay that cannot be read yet',
    schema('blockdev-snapshot/#allow-write-only-overlay'),
    inEveryQemu6_2,
  ),
  'calc-dirty-rate': row('rate at which a guest dirties memory', command('calc-dirty-rate')),
  'dbus-vmstate': row('state of helpers migrated over D-Bus', type('dbus-vmstate')),
  'device.json+hotplug': row(
    '`-device` in JSON, with devices that can be unplugged',
    schema('device_add/#json-cli-hotplug'),
  ),
  'dirtyrate-param.mode': row('mode in which the dirty rate is measured', schema('calc-dirty-rate/arguments/mode')),
  'incremental-backup': row('incremental backup', all(blockdevReopen, blockBitmapMapping), inEveryQemu6_2),
  'display-reload': row('certificates of VNC read again', command('display-reload'), { since: '10.2' }),
  'iothread.poll-weight': row(
    'weight of the latest interval in polling (`<poll weight=>`)',
    schema('object-add/arguments/[iothread]/poll-weight'),
    { since: '12.7' },
  ),
  'iothread.thread-pool-max': row(
    'size of the thread pool of an I/O thread (`thread_pool_max`)',
    schema('object-add/arguments/[iothread]/thread-pool-max'),
  ),
  'migrate-incoming.exit-on-error': row(
    'QEMU that stays when the migration into it fails',
    schema('migrate-incoming/arguments/exit-on-error'),
    { since: '11.3' },
  ),
  'migrate-rdma': row('migration over RDMA', listed('query-migrate-capabilities', 'rdma-pin-all'), inEveryQemu7_2),
  'migration-param.block-bitmap-mapping': row('migration of named dirty bitmaps', blockBitmapMapping, inEveryQemu6_2),
  'migration.blocked-reasons': row(
    'reasons why a guest cannot migrate',
    schema('query-migrate/returns/blocked-reasons'),
  ),
  'nbd-bitmap': row('dirty bitmaps in NBD exports', schema('nbd-server-add/arguments/bitmap'), inEveryQemu6_2),
  'nbd-tls': row('encrypted NBD server', schema('nbd-server-start/arguments/tls-creds')),
  'object-monitor-qmp': row('monitor as an object (`-object monitor-qmp`)', type('monitor-qmp'), { since: '12.8' }),
  'object.qapified': row('`-object` in JSON', schema('object-add/arguments/qom-type/=secret'), inEveryQemu6_2),
  'qom-list-get': row('properties of many objects in one answer', command('qom-list-get'), { since: '12.8' }),
  'query-accelerators': row('list of accelerators', command('query-accelerators'), { since: '12.8' }),
  'query-block-flat': row('list of disks without their chains', schema('query-block/arguments/flat'), {
    since: '12.8',
  }),
  'query-dirty-rate': row('measured dirty rate', command('query-dirty-rate')),
  'query-named-block-nodes.flat': row(
    'list of block nodes without their chains',
    schema('query-named-block-nodes/arguments/flat'),
    inEveryQemu6_2,
  ),
  'query-stats': row('statistics of KVM', command('query-stats')),
  'query-stats-schemas': row('meaning of the statistics', command('query-stats-schemas')),
  screendump_device: row('screenshot of any display device', schema('screendump/arguments/device')),
  'screenshot-format-png': row('screenshot as PNG', schema('screendump/arguments/format/=png')),
  'set-action': row('actions on reboot and shutdown of a running guest', command('set-action'), inEveryQemu7_2),
  'win-dmp.guest-aware': row(
    'memory dump for Windows, offered where the guest allows it',
    schema('query-dump-guest-memory-capability/returns/formats/=win-dmp/#allowed-by-guest'),
    { since: '12.8' },
  ),
} satisfies Rows
