import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import { signed } from '../../../argv/signed.ts'
import type { Image } from '../image.ts'
import { authSecretId, cookieSecretId } from '../image-secrets.ts'
import { hostAndPort, joined, type NetworkSource } from './server.ts'

/** What a path may hold unescaped (RFC 3986, pchar and the slash). */
const escaped = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/gu

function url(source: NetworkSource): string {
  const name = (source.name ?? '').replace(escaped, (character) => encodeURIComponent(character))
  const path = name.startsWith('/') ? name : `/${name}`
  const query = source.query === undefined ? '' : `?${source.query}`
  const [host] = source.host
  // Which way but TCP leads to a server, libvirt writes into the scheme; a port is one of TCP (oracle: 11.3, 12.8).
  const isTcp = (host!.transport ?? 'tcp') === 'tcp'
  const scheme = isTcp ? source.protocol : `${source.protocol}+${host!.transport}`
  return `${scheme}://${isTcp ? hostAndPort(host!, source) : joined(host!.name ?? '', undefined)}${path}${query}`
}

/** QEMU: BlockdevOptionsCurlHttp, …Https, …Ftp, …Ftps; tftp. */
export function curl(source: NetworkSource, image: Image): Properties {
  const properties = new Properties()
    .put('driver', source.protocol, of(source, 'protocol'))
    .put('url', url(source), of(source, 'name', 'host', 'query'))
  if (image.auth) {
    properties
      .field('username', image.auth, 'username')
      .put('password-secret', authSecretId(image), of(image.auth, 'secret'))
  }
  if (source.ssl) properties.field('sslverify', source.ssl, 'verify')
  if (hasCookies(source)) properties.put('cookie-secret', cookieSecretId(image), rule('storage/cookies'))
  const { timeout, readahead } = source
  if (timeout) properties.put('timeout', signed(timeout.seconds), of(timeout, 'seconds'))
  return readahead ? properties.put('readahead', signed(readahead.size), of(readahead, 'size')) : properties
}

export function hasCookies(source: NetworkSource): boolean {
  return (source.cookies?.cookie.length ?? 0) > 0
}

/** The header's text: `a=1; b=2`. */
export function cookieText(source: NetworkSource): string {
  return (source.cookies?.cookie ?? []).map(({ name, value }) => `${name}=${value ?? ''}`).join('; ')
}
