import { asItStands, type Scalar } from '../codec/scalar.ts'

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
  format: asItStands,
  schema: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
  doc: 'an IPv4 or IPv6 address',
  examples: ['192.0.2.1', '2001:db8::1'],
}

/** The bits of an address, most significant first. */
function bitsOf(address: string): bigint {
  if (addressFamily(address) === 'ipv4') {
    return address.split('.').reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n)
  }
  const tail = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const pair = (one: string, other: string) => ((Number(one) << 8) | Number(other)).toString(16)
  const plain = tail ? `${tail[1]}${pair(tail[2]!, tail[3]!)}:${pair(tail[4]!, tail[5]!)}` : address
  const [head = '', end] = plain.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const [first, last] = [groups(head), groups(end ?? '')]
  const zeros = end === undefined ? [] : Array<string>(8 - first.length - last.length).fill('0')
  return [...first, ...zeros, ...last].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n)
}

/** The size of the network that nobody wrote: that of the address's class; all of an IPv6 address but for \`::\`. */
function usualPrefix(address: string): number {
  if (addressFamily(address) === 'ipv6') return bitsOf(address) === 0n ? 0 : 64
  const first = Number(address.split('.')[0])
  if (bitsOf(address) === 0n) return 0
  return first < 128 ? 8 : first < 192 ? 16 : 24
}

/** Whether an address names a whole network: nothing is set behind its prefix or netmask. */
export function isNetwork(address: string, prefix: number | undefined, netmask: string | undefined): boolean {
  const width = addressFamily(address) === 'ipv4' ? 32n : 128n
  const ones = (1n << width) - 1n
  const mask = netmask === undefined ? ones ^ (ones >> BigInt(prefix ?? usualPrefix(address))) : bitsOf(netmask)
  return (bitsOf(address) & ~mask & ones) === 0n
}
