import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { shortName } from '../../context/domain-name.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { InterfaceOf } from './element.ts'

type User = InterfaceOf<'user'>

/** The socket on which passt carries the traffic of a card. */
export function passtSocket(device: User, context: Context): string {
  return `${context.host.config.passtStateDir}/${shortName(context)}-${context.alias(device)}.socket`
}

/** passt(1): one process a card, in the foreground, until QEMU hangs up. */
export function launchPasst(device: User, context: Context, plan: LaunchBuilder): void {
  const socket = passtSocket(device, context)
  const argv = ['passt', '--foreground', '--one-off', '--socket', socket]
  // As root it would become nobody, who cannot reach the guest's folder.
  if (plan.wish.privileged) argv.push('--runas', '0')
  if (device.mac) argv.push('--mac-addr', device.mac.address)
  if (device.source?.dev !== undefined) argv.push('--interface', device.source.dev)
  for (const { address, family, prefix } of device.ip) {
    argv.push('--address', address)
    if (family === 'ipv4' && prefix !== undefined) argv.push('--netmask', String(prefix))
  }
  if (device.backend?.logFile !== undefined) argv.push('--log-file', device.backend.logFile)
  if (device.backend?.hostname !== undefined) argv.push('--hostname', device.backend.hostname)
  if (device.backend?.fqdn !== undefined) argv.push('--fqdn', device.backend.fqdn)
  argv.push(...forwards(device))
  const from = device.backend ? of(device.backend, 'type') : of(device, 'type')
  plan.helper({ name: 'passt', argv, socket, from })
}

/** `--tcp-ports 10.0.0.1%eth0/2022:22,~5000`: ports of the host, and where in the guest they lead. */
function forwards({ portForward }: User): string[] {
  return portForward.flatMap(({ proto, address, dev, range }) => {
    const where = `${address ?? ''}${dev === undefined ? '' : `%${dev}`}`
    const ports = range.map(({ start, end, to, exclude }) => {
      const span = (first: number) => (end === undefined ? `${first}` : `${first}-${first + end - start}`)
      if (exclude) return `~${span(start)}`
      return to === undefined ? span(start) : `${span(start)}:${span(to)}`
    })
    const all = ports.length === 0 ? 'all' : ports.join(',')
    return [proto === 'tcp' ? '--tcp-ports' : '--udp-ports', where === '' ? all : `${where}/${all}`]
  })
}
