import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { SourceOf } from '../../../fragments/storage-source/element.ts'
import type { NetworkHost, Protocol } from '../../../fragments/storage-source/network.ts'

export type NetworkSource = SourceOf<'network'>

/** Well-known ports (IANA, and the protocols' own documentation); rbd leaves it to its client. */
export const defaultPorts: { readonly [P in Protocol]?: number } = {
  http: 80,
  https: 443,
  ftp: 21,
  ftps: 990,
  tftp: 69,
  sheepdog: 7000,
  nbd: 10809,
  ssh: 22,
  iscsi: 3260,
  gluster: 24007,
  vxhs: 9999,
}

export function portOf(host: NetworkHost, { protocol }: NetworkSource): number | undefined {
  return host.port ?? defaultPorts[protocol]
}

/** A server as QEMU's SocketAddress. */
export function server(host: NetworkHost, source: NetworkSource): Properties {
  if (host.transport === 'unix') {
    return new Properties().put('type', 'unix', of(host, 'transport')).field('path', host, 'socket')
  }
  return new Properties().put('type', 'inet', rule('storage/server')).append(hostPort(host, portOf(host, source)))
}

/** QEMU: InetSocketAddressBase. */
export function hostPort(host: NetworkHost, port: number | undefined): Properties {
  return new Properties()
    .field('host', host, 'name')
    .put('port', port === undefined ? undefined : String(port), of(host, 'port'))
}

/** `host:port`, an IPv6 address in brackets. */
export function joined(name: string, port: number | undefined): string {
  return `${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}${port === undefined ? '' : `:${port}`}`
}

export function hostAndPort(host: NetworkHost, source: NetworkSource): string {
  return joined(host.name ?? '', portOf(host, source))
}

/** Cuts a name at its first slash. */
export function cutName(name: string): readonly [before: string, after: string | undefined] {
  const slash = name.indexOf('/')
  return slash < 0 ? [name, undefined] : [name.slice(0, slash), name.slice(slash + 1)]
}
