import { element } from '../../codec/element.ts'
import { child, many, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { nonEmpty, oneOf, text } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { hostInterfaceAddress } from '../../fragments/pci-address.ts'
import { reconnectAttributes, settleReconnect } from '../../fragments/reconnect.ts'
import { ip, route } from './ip-element.ts'

const port = integer({ max: 65535 })
const missing = { missing: 'interface/missing-source' } as const

/** libvirt's record of the port that a running guest holds: never part of a definition. */
const portRecord = ['portid'] as const

export const networkSource = element(
  'source',
  'The virtual network.',
  {
    attributes: {
      network: required(text, { doc: 'Name of a virtual network of the host.', keepsEmpty: true, ...missing }),
      portgroup: optional(nonEmpty, { doc: 'Group of settings of the network.' }),
    },
  },
  { ignored: { attributes: [...portRecord, 'bridge'] } },
)

export const bridgeSource = element(
  'source',
  'The bridge.',
  { attributes: { bridge: required(text, { doc: 'Name of a bridge of the host.', keepsEmpty: true, ...missing }) } },
  { ignored: { attributes: [...portRecord, 'network', 'portgroup'] } },
)

export const directSource = element(
  'source',
  'The network device that a macvtap sits on.',
  {
    attributes: {
      dev: required(text, { doc: 'Name of a network device of the host.', keepsEmpty: true, ...missing }),
      mode: withDefault(oneOf('vepa', 'private', 'bridge', 'passthrough'), 'vepa', { doc: 'Where frames go.' }),
    },
  },
  { ignored: { attributes: [...portRecord, 'network', 'portgroup'] } },
)

export const ethernetSource = element(
  'source',
  "The host's end of the tap.",
  { children: { ip: many(ip), route: many(route) } },
  { omitEmpty: true },
)

export const userSource = element(
  'source',
  'Where passt takes its routes from.',
  { attributes: { dev: optional(nonEmpty, { doc: 'Name of a network device of the host.' }) } },
  { omitEmpty: true },
)

const reconnect = element(
  'reconnect',
  'What happens when the connection is lost.',
  { attributes: reconnectAttributes },
  {
    omitEmpty: true,
    settle: (settling) =>
      settleReconnect(settling, {
        code: 'interface/reconnect-without-timeout',
        message: 'The connection to the switch is made anew, but after how long is not said.',
        hint: "Add timeout='10' (seconds).",
      }),
  },
)

export const vhostUserSource = element('source', 'The socket of the switch.', {
  attributes: {
    type: required(oneOf('unix'), { doc: 'Kind of socket.', invalid: 'interface/vhostuser-source', ...missing }),
    path: required(nonEmpty, { doc: 'Path of the socket.', ...missing }),
    mode: required(oneOf('server', 'client'), {
      doc: 'Whether QEMU listens or connects.',
      invalid: 'interface/vhostuser-source',
      ...missing,
    }),
  },
  children: { reconnect: child(reconnect) },
})

export const vdpaSource = element('source', 'The vDPA character device.', {
  attributes: { dev: required(nonEmpty, { doc: 'Its path, such as /dev/vhost-vdpa-0.', ...missing }) },
})

export const internalSource = element('source', 'The internal network.', {
  attributes: { name: required(nonEmpty, { doc: 'Its name.', ...missing }) },
})

export const serverSource = element('source', 'Where QEMU listens.', {
  attributes: {
    address: optional(text, { keepsEmpty: true, doc: 'An address of the host; all where absent.' }),
    port: required(port, { doc: 'TCP port.', ...missing }),
  },
})

export const peerSource = element('source', 'The other end.', {
  attributes: {
    address: required(nonEmpty, { doc: 'Its address.', ...missing }),
    port: required(port, { doc: 'Its port.', ...missing }),
  },
})

const local = element('local', 'The end on this host.', {
  attributes: {
    address: required(nonEmpty, { doc: 'An address of the host.', ...missing }),
    port: required(port, { doc: 'UDP port.', ...missing }),
  },
})

export const udpSource = element('source', 'The other end.', {
  attributes: {
    address: required(nonEmpty, { doc: 'Its address.', ...missing }),
    port: required(port, { doc: 'Its port.', ...missing }),
  },
  children: { local: requiredChild(local, missing) },
})

export const hostdevSource = element('source', 'The host function.', {
  children: { address: requiredChild(hostInterfaceAddress, { missing: 'interface/missing-address' }) },
})

export const vdsSource = element('source', "The port of VMware's distributed switch.", {
  attributes: {
    switchid: required(uuid, { ...missing, doc: 'UUID of the switch.' }),
    portid: required(integer(), { ...missing, doc: 'Number of the port.' }),
    portgroupid: required(text, { ...missing, doc: 'Name of the group of ports.' }),
    connectionid: required(integer(), { ...missing, doc: 'Number of the connection.' }),
  },
})
