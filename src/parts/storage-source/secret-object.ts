import { type From, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { findSecret, sealSecret } from '../sealed-secret.ts'
import { formatNode, type Image, isBareStorage, storageNode } from './image.ts'

/** A secret as QEMU's object: sealed with the guest's master key. Empty where the secret is not known, as was reported. */
export function secretObject(
  id: string,
  plain: Uint8Array | string | undefined,
  from: From,
  at: object,
  context: Context,
): Properties {
  const sealed = plain === undefined ? undefined : sealSecret(plain, at, context)
  return new Properties()
    .put('qom-type', 'secret', rule('secret/object'))
    .put('id', id, rule('secret/object'))
    .secret('data', sealed?.data ?? '', from)
    .put('keyid', 'masterKey0', rule('secret/object'))
    .put('iv', sealed?.iv ?? '', rule('secret/object'))
    .put('format', 'base64', rule('secret/object'))
}

export const authSecretId = (image: Image): string => `${storageNode(image)}-auth-secret0`
export const cookieSecretId = (image: Image): string => `${storageNode(image)}-httpcookie-secret0`
export const encryptionSecretId = (image: Image, index: number): string =>
  `${isBareStorage(image) ? storageNode(image) : formatNode(image)}-encryption-secret${index}`

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
