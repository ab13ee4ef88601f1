import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { SourceOf } from '../../fragments/storage-source/element.ts'
import { hostFact } from '../../origin/origin.ts'
import { findSecret } from '../sealed-secret.ts'
import { type Image, storageNode } from './image.ts'
import { secretObject } from './secret-object.ts'

interface TlsConfig {
  readonly on: boolean
  readonly directory: string
  readonly secret: string | undefined
}

/** The host's configuration of the protocols that QEMU speaks over TLS. */
function tlsConfig(protocol: string, { host: { config } }: Context): TlsConfig | undefined {
  switch (protocol) {
    case 'nbd':
      return { on: config.nbdTLS, directory: config.nbdTLSx509certdir, secret: config.nbdTLSx509secretUUID }
    case 'vxhs':
      return { on: config.vxhsTLS, directory: config.vxhsTLSx509certdir, secret: config.vxhsTLSx509secretUUID }
    default:
      return undefined
  }
}

export function usesTls(source: SourceOf<'network'>, context: Context): boolean {
  if (source.host.some((it) => it.transport === 'unix')) return false
  const config = tlsConfig(source.protocol, context)
  return config !== undefined && (source.tls ?? config.on)
}

export const tlsObjectId = (image: Image): string => `obj${storageNode(image)}_tls0`

/** The objects that make TLS credentials: the key's secret, where it is locked, then the credentials. */
export function tlsObjects(image: Image, context: Context): Properties[] {
  const { located } = image
  if (located.type !== 'network' || !located.source || !usesTls(located.source, context)) return []
  const config = tlsConfig(located.source.protocol, context)
  if (config === undefined) return []
  const objects: Properties[] = []
  const id = tlsObjectId(image)
  const secretId = `${id}-secret0`
  if (config.secret !== undefined) {
    const plain = findSecret({ type: 'tls', uuid: config.secret }, located.source, context)
    objects.push(secretObject(secretId, plain, hostFact('TLS secret'), located.source, context))
  }
  const from = hostFact(`TLS of ${located.source.protocol}`)
  objects.push(
    new Properties()
      .put('qom-type', 'tls-creds-x509', rule('storage/tls'))
      .put('id', id, rule('storage/tls'))
      .put('dir', config.directory, from)
      .put('endpoint', 'client', rule('storage/tls'))
      .put('verify-peer', true, rule('storage/tls'))
      .put('passwordid', config.secret === undefined ? undefined : secretId, from),
  )
  return objects
}
