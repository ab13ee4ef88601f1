import { of } from '../../argv/piece.ts'
import type { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { sealedSecret } from '../sealed-secret.ts'
import { secretObject } from '../secret-object.ts'
import { formatNode, type Image, isBareStorage, isEncrypted, storageNode } from './image.ts'

export const authSecretId = (image: Image): string => `${storageNode(image)}-auth-secret0`
export const cookieSecretId = (image: Image): string => `${storageNode(image)}-httpcookie-secret0`
export const encryptionSecretId = (image: Image, index: number): string =>
  `${isBareStorage(image) ? storageNode(image) : formatNode(image)}-encryption-secret${index}`

export function authSecret(image: Image, context: Context): Properties | undefined {
  const { auth } = image
  if (auth === undefined) return undefined
  const { secret } = auth
  const { type, uuid, usage } = secret
  const sealed = sealedSecret({ type, uuid, usage }, secret, context)
  return secretObject(authSecretId(image), sealed, of(auth, 'secret'))
}

export function encryptionSecrets(image: Image, context: Context): Properties[] {
  const { encryption } = image
  if (encryption === undefined) return []
  if (isEncrypted(image) && encryption.secret.length === 0) {
    context.error({
      code: 'source/encryption-without-secret',
      when: 'start',
      message: 'A raw image that is encrypted is read with a passphrase, and none is named.',
      hint: "Add <secret type='passphrase' …/>.",
      at: encryption,
    })
  }
  return encryption.secret.map((secret, index) => {
    const { uuid, usage } = secret
    const sealed = sealedSecret({ type: 'volume', uuid, usage }, secret, context)
    return secretObject(encryptionSecretId(image, index), sealed, of(encryption, 'secret'))
  })
}
