import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { hostFact } from '../../origin/origin.ts'
import type { TapConnection } from './connection.ts'
import type { EmulatedInterface } from './element.ts'
import { openTapKey, queuesOf, tapName, usesHelper } from './prepare.ts'

/** `-netdev tap`: descriptors where a launcher hands them out, else what QEMU can open by itself. */
export function tapProperties(device: EmulatedInterface, context: Context): Properties {
  const { connection, descriptors, vhost } = context.start.need(openTapKey, device)
  const { bridgeHelperName: helper } = context.host.config
  const helped = descriptors === undefined && connection.kind === 'bridge' && usesHelper(device, context)
  if (helped && !helper.startsWith('/')) return throughOwnHelper(device, connection)
  const properties = new Properties().put('type', 'tap', rule('interface/netdev-type'))
  if (descriptors !== undefined) putDescriptors('fd', descriptors, 'tap', properties)
  else if (helped) {
    properties
      .put('br', connection.bridge, bridgeOrigin(device, connection))
      .put('helper', helper, hostFact('bridgeHelperName'))
  } else {
    const from = device.target?.dev === undefined ? rule('interface/tap-name') : of(device.target, 'dev')
    const queues = queuesOf(device)
    properties
      .put('ifname', tapName(device, context), from)
      .put('script', 'no', rule('interface/tap-no-script'))
      .put('downscript', 'no', rule('interface/tap-no-script'))
      .put('queues', queues > 1 ? queues : undefined, device.driver ? of(device.driver, 'queues') : from)
  }
  if (vhost !== 'none') {
    const asked = device.driver?.name === undefined ? rule('interface/vhost') : of(device.driver, 'name')
    properties.put('vhost', true, asked)
    if (vhost !== 'open') putDescriptors('vhostfd', vhost, 'vhost-net', properties)
  }
  if (device.tune) properties.field('sndbuf', device.tune, 'sndbuf')
  return properties
}

type Bridge = Extract<TapConnection, { kind: 'bridge' }>

function bridgeOrigin(device: EmulatedInterface, { origin }: Bridge): From {
  return origin ?? (device.type === 'bridge' ? of(device.source, 'bridge') : of(device, 'type'))
}

/** `-netdev bridge` calls the helper that QEMU was built with; a tap with a bridge alone would run /etc/qemu-ifup. */
function throughOwnHelper(device: EmulatedInterface, connection: Bridge): Properties {
  return new Properties()
    .put('type', 'bridge', rule('interface/netdev-type'))
    .put('br', connection.bridge, bridgeOrigin(device, connection))
}

/** One descriptor under its name, several under the plural, with colons between. */
function putDescriptors(name: string, numbers: readonly number[], what: string, properties: Properties): void {
  properties.put(numbers.length === 1 ? name : `${name}s`, numbers.join(':'), hostFact(`descriptor ${what}`))
}
