import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { describeSecret, type SecretReference } from '../../host/secrets.ts'
import { formatNode, type Image, storageNode } from './image.ts'

/** A secret as QEMU's object: sealed with the guest's master key. Reports what cannot be found or sealed. */
export function secretObject(
  id: string,
  plain: Uint8Array | string,
  from: From,
  at: object,
  context: Context,
): Properties {
  const sealed = context.host.secrets.seal(plain)
  if (sealed === undefined) {
    context.error({
      code: 'source/cannot-seal',
      message: 'The secret of the source cannot be handed to QEMU: this host has no master key.',
      hint: 'Give the host file a master key, or record the host with one.',
      at,
      when: 'start',
    })
  }
  return new Properties()
    .put('qom-type', 'secret', rule('secret/object'))
    .put('id', id, rule('secret/object'))
    .secret('data', sealed?.data ?? '', from)
    .put('keyid', 'masterKey0', rule('secret/object'))
    .put('iv', sealed?.iv ?? '', rule('secret/object'))
    .put('format', 'base64', rule('secret/object'))
}

/** The value of a secret of the host; what is not known is reported and stands empty. */
export function findSecret(reference: SecretReference, at: object, context: Context): Uint8Array {
  const found = context.host.secrets.find(reference)
  if (found === undefined) {
    context.error({
      code: 'source/unknown-secret',
      message: `This host does not know the ${describeSecret(reference)}.`,
      hint: 'Define it with `virsh secret-define`, or name it in the host file.',
      at,
      when: 'start',
    })
  }
  return found ?? new Uint8Array()
}

export const authSecretId = (image: Image): string => `${storageNode(image)}-auth-secret0`
export const cookieSecretId = (image: Image): string => `${storageNode(image)}-httpcookie-secret0`
export const encryptionSecretId = (image: Image, index: number): string =>
  `${formatNode(image)}-encryption-secret${index}`

export function authSecret(image: Image, context: Context): Properties | undefined {
  const { auth } = image
  if (auth === undefined) return undefined
  const { secret } = auth
  const { type, uuid, usage } = secret
  const plain = findSecret({ type, uuid, usage }, secret, context)
  return secretObject(authSecretId(image), plain, of(auth, 'secret'), secret, context)
}

export function encryptionSecrets(image: Image, context: Context): Properties[] {
  const { encryption } = image
  if (encryption === undefined) return []
  return encryption.secret.map((secret, index) => {
    const { uuid, usage } = secret
    const plain = findSecret({ type: 'volume', uuid, usage }, secret, context)
    return secretObject(encryptionSecretId(image, index), plain, of(encryption, 'secret'), secret, context)
  })
}
