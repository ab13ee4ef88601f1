import type { Scalar } from '../codec/scalar.ts'

const byte = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4 = new RegExp(`^${byte}(\\.${byte}){3}$`)

function isIpv6(text: string): boolean {
  const tail = /^(.*:)([^:]*\.[^:]*)$/.exec(text)
  if (tail && !ipv4.test(tail[2]!)) return false
  const plain = tail ? `${tail[1]}0:0` : text
  const halves = plain.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false
  return halves.length === 2 ? groups.length < 8 : groups.length === 8
}

/** The family of an address that `ipAddress` has read. */
export function addressFamily(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

/** An IPv4 address in dotted decimals or an IPv6 address (RFC 4291), as it stands. */
export const ipAddress: Scalar<string> = {
  parse: (raw) => (ipv4.test(raw) || isIpv6(raw) ? raw : { problem: 'is no IPv4 or IPv6 address' }),
  format: (value) => value,
  schema: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
  doc: 'an IPv4 or IPv6 address',
  examples: ['192.0.2.1', '2001:db8::1'],
}
