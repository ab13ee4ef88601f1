import type { Context } from '../../context/context.ts'
import { dated } from '../../release/dated.ts'
import type { Interface } from './element.ts'
import type { IpAddress } from './ip-element.ts'

/** How many bits of an address are its network's (QEMU: -netdev user; libvirt 11.3 and 12.8 asked). */
const prefixes = { ipv4: { min: 4, max: 27 }, ipv6: { min: 64, max: 64 } } as const

/** Whether the same is asked of passt, which takes others. */
const asksPasst = dated<readonly ('ipv4' | 'ipv6')[]>(['ipv4', 'ipv6'], ['12.8', ['ipv6']])

/** What the guest's side of a card may say: addresses only of user networking, ports only of passt. */
export function checkUser(device: Interface, context: Context): void {
  const passt = device.type === 'user' && device.backend?.type === 'passt'
  if (!passt) refusePasstOnly(device, context)
  if (device.route.length > 0) {
    context.error({
      code: 'interface/route',
      message: 'QEMU sets no routes in the guest.',
      hint: 'Remove <route>; routes of the host side stand in <source>.',
      at: device.route[0]!,
    })
  }
  if (device.ip.length > 0 && device.type !== 'user') {
    context.error({
      code: 'interface/ip',
      message: `QEMU sets no IP address in a guest whose card is of type ${device.type}.`,
      hint: 'Remove <ip>; addresses of the host side stand in <source>.',
      at: device.ip[0]!,
    })
    return
  }
  checkAddresses(device.ip, passt, context)
}

function refusePasstOnly(device: Interface, context: Context): void {
  const asked = [
    device.portForward[0],
    [device.backend?.logFile, device.backend?.hostname, device.backend?.fqdn].some((it) => it !== undefined)
      ? device.backend
      : undefined,
    device.type === 'user' && device.source?.dev !== undefined ? device.source : undefined,
  ]
  const at = asked.find((it) => it !== undefined)
  if (at === undefined) return
  context.error({
    code: 'interface/needs-passt',
    message: 'Forwarded ports, a log file, names for the guest and a source device belong to passt.',
    hint: "Use type='user' with <backend type='passt'/>.",
    at,
  })
}

function checkAddresses(addresses: readonly IpAddress[], passt: boolean, context: Context): void {
  const seen = new Set<string>()
  for (const ip of addresses) {
    const family = ip.family ?? 'ipv4'
    if (ip.peer !== undefined) {
      context.error({
        code: 'interface/ip-peer',
        message: 'User networking has no peer address.',
        hint: 'Remove peer.',
        at: ip,
        field: 'peer',
      })
    }
    if (seen.has(family)) {
      context.error({
        code: 'interface/ip-twice',
        message: `The card has a second ${family} address.`,
        hint: 'Keep one of each family.',
        at: ip,
      })
    }
    seen.add(family)
    const { min, max } = prefixes[family]
    const isAsked = !passt || context.plan.at(asksPasst).includes(family)
    if (isAsked && ip.prefix !== undefined && (ip.prefix < min || ip.prefix > max)) {
      context.error({
        code: 'interface/ip-prefix',
        message: `User networking has no ${family} network of ${ip.prefix} bits.`,
        hint: min === max ? `Use ${min}.` : `Use ${min} to ${max}.`,
        at: ip,
        field: 'prefix',
      })
    }
  }
}
