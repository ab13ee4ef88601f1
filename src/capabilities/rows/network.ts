import { deviceProperty, schema, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** Network interfaces and their back-ends. */
export const network = {
  'netdev-stream-reconnect-miliseconds': row(
    'network back-end `stream` that connects again, its delay in milliseconds (`reconnect-ms`)',
    schema('netdev_add/arguments/[stream]/reconnect-ms'),
    { since: '11.3' },
  ),
  e1000: row("interface model `<model type='e1000'/>`", type('e1000')),
  'netdev.json': row('`-netdev` in JSON', schema('netdev_add/arguments/type/=dgram')),
  'netdev.stream': row('network back-end `stream` (passt)', schema('netdev_add/arguments/type/=stream')),
  'netdev.stream.reconnect': row(
    'network back-end `stream` that connects again (`<reconnect>`)',
    schema('netdev_add/arguments/[stream]/reconnect'),
  ),
  'netdev.user': row('network back-end `user` (slirp)', schema('netdev_add/arguments/type/=user'), { since: '10.6' }),
  'netdev.vhost-vdpa': row(
    "vDPA interface (`<interface type='vdpa'>`)",
    schema('netdev_add/arguments/type/=vhost-vdpa'),
  ),
  rtl8139: row("interface model `<model type='rtl8139'/>`", type('rtl8139')),
  'virtio-net': row('virtio interface', type('virtio-net-device')),
  'virtio-net.rss': row('receive side scaling (`<driver rss=>`)', deviceProperty('virtio-net-pci', 'rss')),
} satisfies Rows
