import { element, type Infer, type Settling } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { nonEmpty, oneOf, yesNo } from '../../codec/scalar.ts'
import { addressFamily, ipAddress } from '../../fragments/ip-address.ts'

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
  if (fields.prefix === 0) fields.prefix = undefined
}

export const ip = element(
  'ip',
  'An IP address.',
  {
    attributes: {
      address: required(ipAddress, { doc: 'An IPv4 or IPv6 address.' }),
      family: optional(family, { doc: 'Its family.' }),
      prefix: optional(prefix, { doc: 'Bits of the network part.' }),
      peer: optional(ipAddress, { doc: 'The other end of a point-to-point connection.' }),
    },
  },
  { settle: settleFamily },
)

export const route = element('route', 'An IP route.', {
  attributes: {
    family: optional(family, { doc: 'Family of its addresses; ipv4 where absent.' }),
    address: required(ipAddress, { doc: 'The network it leads to.' }),
    netmask: optional(ipAddress, { doc: 'Which part of the address is the network.' }),
    prefix: optional(prefix, { doc: 'The same as a number of bits.' }),
    gateway: required(ipAddress, { doc: 'Where packets are sent.' }),
    metric: optional(integer({ min: 1 }), { doc: 'Cost: the route with the lowest is used.' }),
  },
})

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
    address: optional(ipAddress, { doc: 'Only those to this address of the host.' }),
    dev: optional(nonEmpty, { doc: 'Only those that arrive on this network device.' }),
  },
  children: { range: many(range) },
})

export type IpAddress = Infer<typeof ip>
