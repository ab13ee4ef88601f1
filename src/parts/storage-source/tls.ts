import type { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { SourceOf } from '../../fragments/storage-source/element.ts'
import { hostFact } from '../../origin/origin.ts'
import { sealedSecret } from '../sealed-secret.ts'
import { secretObject } from '../secret-object.ts'
import { keySecretId, tlsCredentials } from '../tls-credentials.ts'
import { type Image, storageNode } from './image.ts'

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
  const id = tlsObjectId(image)
  const passwordId = config.secret === undefined ? undefined : keySecretId(id)
  const objects: Properties[] = []
  if (passwordId !== undefined) {
    const sealed = sealedSecret({ type: 'tls', uuid: config.secret }, located.source, context)
    objects.push(secretObject(passwordId, sealed, hostFact('TLS secret')))
  }
  const from = hostFact(`TLS of ${located.source.protocol}`)
  const { directory } = config
  objects.push(tlsCredentials({ id, directory, endpoint: 'client', verifyPeer: true, from }, passwordId))
  return objects
}
