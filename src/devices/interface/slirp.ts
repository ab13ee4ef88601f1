import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { InterfaceOf } from './element.ts'
import type { IpAddress } from './ip-element.ts'

/** Bits of the network part by the class of an IPv4 address (formatdomain, "IP configuration"). */
export function ipv4Prefix({ address, prefix }: IpAddress): number {
  if (prefix !== undefined) return prefix
  const first = Number(address.split('.')[0])
  return first < 128 ? 8 : first < 192 ? 16 : 24
}

/** `-netdev user`: QEMU's own user networking; the addresses name its network (QEMU: `net=`, `ipv6-prefix=`). */
export function slirpProperties(device: InterfaceOf<'user'>): Properties {
  const properties = new Properties().put('type', 'user', rule('interface/netdev-type'))
  for (const ip of device.ip) {
    if (ip.family === 'ipv4') {
      properties.put('net', `${ip.address}/${ipv4Prefix(ip)}`, of(ip, 'address', 'prefix'))
    } else {
      properties.field('ipv6-prefix', ip, 'address').field('ipv6-prefixlen', ip, 'prefix')
    }
  }
  return properties
}
