import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { fdSetPath } from '../../context/fd-set.ts'
import { hostFact } from '../../origin/origin.ts'
import type { EmulatedInterface, InterfaceOf } from './element.ts'
import { passtSocket } from './passt.ts'
import { vdpaSet } from './prepare.ts'
import { slirpProperties } from './slirp.ts'
import { tapProperties } from './tap.ts'

type Printers = {
  readonly [T in EmulatedInterface['type']]?: (device: InterfaceOf<T>, context: Context) => Properties
}

/** One printer a type; a type without one is nothing that QEMU can connect to. */
const printers: Printers = {
  network: tapProperties,
  bridge: tapProperties,
  direct: tapProperties,
  ethernet: tapProperties,
  user: (device, context) =>
    device.backend?.type === 'passt' ? passtProperties(device, context) : slirpProperties(device),
  vhostuser: (device, context) =>
    netdev('vhost-user')
      .put('chardev', socketId(device, context), named(device))
      .put('queues', device.driver?.queues, device.driver ? of(device.driver, 'queues') : rule('interface/queues')),
  vdpa: (device, context) => {
    const set = vdpaSet(device, context)
    return netdev('vhost-vdpa')
      .put(
        'vhostdev',
        set === undefined ? device.source.dev : fdSetPath(set),
        set === undefined ? of(device.source, 'dev') : hostFact('descriptor vdpa'),
      )
      .put('queues', device.driver?.queues, device.driver ? of(device.driver, 'queues') : rule('interface/queues'))
  },
  server: ({ source }) =>
    netdev('socket').put('listen', `${source.address ?? ''}:${source.port}`, of(source, 'address', 'port')),
  client: ({ source }) =>
    netdev('socket').put('connect', `${source.address}:${source.port}`, of(source, 'address', 'port')),
  mcast: ({ source }) =>
    netdev('socket').put('mcast', `${source.address}:${source.port}`, of(source, 'address', 'port')),
  udp: ({ source }) =>
    netdev('socket')
      .put('udp', `${source.address}:${source.port}`, of(source, 'address', 'port'))
      .put('localaddr', `${source.local.address ?? ''}:${source.local.port}`, of(source.local, 'address', 'port')),
}

export function isPrintable(type: EmulatedInterface['type']): boolean {
  return printers[type] !== undefined
}

/** `-netdev` of a card; undefined where QEMU has no such connection. */
export function netdevProperties(device: EmulatedInterface, context: Context): Properties | undefined {
  const print = printers[device.type] as ((it: EmulatedInterface, context: Context) => Properties) | undefined
  return print?.(device, context).put('id', netdevId(device, context), named(device))
}

function netdev(type: string): Properties {
  return new Properties().put('type', type, rule('interface/netdev-type'))
}

/** The name of the `-netdev`: the alias with `host` before it. */
export function netdevId(device: EmulatedInterface, context: Context): string {
  return `host${context.alias(device)}`
}

/** The name of the `-chardev` to a vhost-user switch. */
export function socketId(device: EmulatedInterface, context: Context): string {
  return `char${context.alias(device)}`
}

/** QEMU connects to the socket that libvirt lets passt listen on. */
function passtProperties(device: InterfaceOf<'user'>, context: Context): Properties {
  const path = passtSocket(device, context)
  const from = hostFact('passtStateDir')
  const address = new Properties().put('type', 'unix', rule('interface/passt')).put('path', path, from)
  return netdev('stream')
    .put('addr', address, from)
    .put('server', false, rule('interface/passt'))
    .append(passtReconnect(context))
}

/** Seconds until QEMU looks for a passt that has been started again. */
const reconnectSeconds = 5

function passtReconnect({ capabilities }: Context): Properties {
  const from = rule('interface/passt-reconnect')
  if (capabilities.has('netdev-stream-reconnect-miliseconds')) {
    return new Properties().put('reconnect-ms', reconnectSeconds * 1000, from)
  }
  return new Properties().put(
    'reconnect',
    capabilities.has('netdev.stream.reconnect') ? reconnectSeconds : undefined,
    from,
  )
}
