import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { emptyAsAbsent, nonEmpty, oneOf, yesNo } from '../../codec/scalar.ts'
import { addressFamily, ipAddress, isNetwork } from '../../fragments/ip-address.ts'

const family = oneOf('ipv4', 'ipv6')
const prefix = integer({ max: 128 })

/** The family is always printed: where it is absent it follows from the address. */
function settleFamily({ fields, error }: Settling): void {
  if (typeof fields.address !== 'string') return
  const found = addressFamily(fields.address)
  if (fields.family !== undefined && fields.family !== found) {
    error({
      code: 'interface/ip-family',
      message: `The address is no ${String(fields.family)} address.`,
      hint: `Write family='${found}' or leave it out.`,
      attribute: 'family',
    })
  }
  fields.family = found
  if (typeof fields.peer === 'string' && addressFamily(fields.peer) !== found) {
    error({
      code: 'interface/ip-peer',
      message: `The other end is no ${found} address, as this end is.`,
      hint: 'Write both of one family.',
      attribute: 'peer',
    })
  }
  if (fields.prefix === 0) fields.prefix = undefined
  checkPrefix(fields.prefix as number | undefined, found, error)
}

export const ip = element(
  'ip',
  'An IP address.',
  {
    attributes: {
      address: required(ipAddress, { doc: 'An IPv4 or IPv6 address.' }),
      family: optional(emptyAsAbsent(family), { doc: 'Its family.' }),
      prefix: optional(prefix, { doc: 'Bits of the network part.' }),
      peer: optional(ipAddress, { keepsEmpty: true, doc: 'The other end of a point-to-point connection.' }),
    },
  },
  { settle: settleFamily },
)

/** An IPv4 network has up to 32 bits; 0 is none that is written. */
function checkPrefix(bits: number | undefined, family: 'ipv4' | 'ipv6', error: Settling['error']): void {
  if (bits === undefined || family === 'ipv6' || bits <= 32) return
  error({
    code: 'interface/ip-prefix',
    message: `An IPv4 network has no prefix of ${bits} bits.`,
    hint: 'Write 1 to 32, or an IPv6 address.',
    attribute: 'prefix',
  })
}

/** What libvirt asks of a route: one family, one size of its network, and nothing in the address beside the network. */
function settleRoute({ fields, error }: Settling): void {
  const { address, gateway, netmask, prefix: bits } = fields as RouteFields
  const wanted = fields.family === 'ipv6' ? 'ipv6' : 'ipv4'
  const strange = (['address', 'gateway', 'netmask'] as const).find((key) => {
    const text = fields[key]
    return typeof text === 'string' && addressFamily(text) !== (key === 'netmask' ? 'ipv4' : wanted)
  })
  if (strange !== undefined) {
    error({
      code: 'interface/route-family',
      message:
        strange === 'netmask' ? 'An IPv6 route has a prefix, no netmask.' : `The ${strange} is no ${wanted} address.`,
      hint: strange === 'netmask' ? 'Write its size as prefix.' : "Write family='ipv6' for a route of IPv6 addresses.",
      attribute: strange,
    })
    return
  }
  if (netmask !== undefined && bits !== undefined) {
    error({
      code: 'interface/route-size',
      message: 'The size of the network stands twice, as netmask and as prefix.',
      hint: 'Remove one of the two.',
      attribute: 'netmask',
    })
    return
  }
  checkPrefix(bits, wanted, error)
  if (address === undefined || gateway === undefined || isNetwork(address, bits, netmask)) return
  error({
    code: 'interface/route-network',
    message: `${address} is no network of that size: bits behind it are set.`,
    hint: 'Write the address of the network, such as 192.0.2.0 with prefix=24.',
    attribute: 'address',
  })
}

interface RouteFields {
  readonly address?: string
  readonly gateway?: string
  readonly netmask?: string
  readonly prefix?: number
}

export const route = element(
  'route',
  'An IP route.',
  {
    attributes: {
      family: optional(family, { doc: 'Family of its addresses; ipv4 where absent.' }),
      address: required(ipAddress, { doc: 'The network it leads to.' }),
      netmask: optional(ipAddress, { doc: 'Which part of the address is the network.' }),
      prefix: optional(prefix, { doc: 'The same as a number of bits.' }),
      gateway: required(ipAddress, { doc: 'Where packets are sent.' }),
      metric: optional(integer({ min: 1 }), { doc: 'Cost: the route with the lowest is used.' }),
    },
  },
  { settle: settleRoute },
)

const port = integer({ min: 1, max: 65535 })

const range = element('range', 'Ports that are forwarded, or kept from it.', {
  attributes: {
    start: required(port, { doc: 'First port of the host.' }),
    end: optional(port, { doc: 'Last port; the first where absent.' }),
    to: optional(port, { doc: 'First port of the guest; the same as of the host where absent.' }),
    exclude: optional(yesNo, { doc: 'yes: these ports are not forwarded.' }),
  },
})

export const portForward = element('portForward', 'Connections to the host that passt forwards to the guest.', {
  attributes: {
    proto: required(oneOf('tcp', 'udp'), { doc: 'Protocol.' }),
    address: optional(ipAddress, { keepsEmpty: true, doc: 'Only those to this address of the host.' }),
    dev: optional(nonEmpty, { doc: 'Only those that arrive on this network device.' }),
  },
  children: { range: many(range) },
})

export type IpAddress = Infer<typeof ip>
