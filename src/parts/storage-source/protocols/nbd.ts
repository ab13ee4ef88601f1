import { of, rule } from '../../../argv/piece.ts'
import { Properties } from '../../../argv/properties.ts'
import type { Context } from '../../../context/context.ts'
import type { Image } from '../image.ts'
import { tlsObjectId, usesTls } from '../tls.ts'
import { hostPort, type NetworkSource, portOf, server } from './server.ts'

/** QEMU: BlockdevOptionsNbd. */
export function nbd(source: NetworkSource, image: Image, context: Context): Properties {
  const properties = new Properties()
    .put('driver', 'nbd', of(source, 'protocol'))
    .put('server', server(source.host[0]!, source), of(source, 'host'))
    .field('export', source, 'name')
  if (usesTls(source, context)) properties.put('tls-creds', tlsObjectId(image), of(source, 'tls'))
  // named to QEMU without TLS, too (libvirt 11.3 and 12.8 asked)
  properties.field('tls-hostname', source, 'tlsHostname')
  return properties.put('reconnect-delay', source.reconnect?.delay, of(source.reconnect ?? source, 'delay' as never))
}

/** QEMU: BlockdevOptionsVxHS, gone since 5.1. */
export function vxhs(source: NetworkSource, image: Image, context: Context): Properties {
  return new Properties()
    .put('driver', 'vxhs', of(source, 'protocol'))
    .put('tls-creds', usesTls(source, context) ? tlsObjectId(image) : undefined, rule('storage/tls'))
    .field('vdisk-id', source, 'name')
    .put('server', hostPort(source.host[0]!, portOf(source.host[0]!, source)), of(source, 'host'))
}
