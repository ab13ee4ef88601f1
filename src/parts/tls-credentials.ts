import type { CommandLineBuilder } from '../argv/command-line.ts'
import { type From, rule } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Context } from '../context/context.ts'
import { startKey } from '../context/start.ts'
import type { SealedSecret, SecretReference } from '../host/secrets.ts'
import { hostFact } from '../origin/origin.ts'
import { sealedSecret } from './sealed-secret.ts'
import { secretObject } from './secret-object.ts'

const sealed = startKey<SealedSecret>('secret/sealed')

/**
 * Looks up the secret of a private key and seals it for QEMU; kept in the start table for `printTlsCredentials`. What is
 * missing is a finding. `owner` is whom the secret is for.
 */
export function prepareSecret(reference: SecretReference, owner: object, context: Context): void {
  const result = sealedSecret(reference, owner, context)
  if (result) context.start.set(sealed, owner, result)
}

export interface TlsCredentials {
  readonly id: string
  readonly directory: string
  readonly endpoint: 'server' | 'client'
  readonly verifyPeer: boolean
  /** Where the id comes from, where it is a device's. */
  readonly named?: From
  readonly from: From
}

/** The object `tls-creds-x509`. @param passwordId of the secret that unlocks its private key, if there is one */
export function tlsCredentials(tls: TlsCredentials, passwordId: string | undefined): Properties {
  const { id, directory, endpoint, verifyPeer, named, from } = tls
  const object = rule('tls/credentials')
  return new Properties()
    .put('qom-type', 'tls-creds-x509', object)
    .put('id', id, named ?? object)
    .put('dir', directory, from)
    .put('endpoint', endpoint, object)
    .put('verify-peer', verifyPeer, from)
    .put('passwordid', passwordId, object)
}

/** The id of the secret that unlocks the private key of credentials. */
export const keySecretId = (credentials: string): string => `${credentials}-secret0`

interface PreparedCredentials extends TlsCredentials {
  /** For whom `prepareSecret` looked up the secret of the private key. */
  readonly owner: object
  /** The id of that secret; `keySecretId` where absent. */
  readonly secretId?: string
}

/** `-object tls-creds-x509`, after the secret that unlocks its private key, if there is one. */
export function printTlsCredentials(tls: PreparedCredentials, context: Context, out: CommandLineBuilder): void {
  const secret = context.start.get(sealed, tls.owner)
  const passwordId = secret && (tls.secretId ?? keySecretId(tls.id))
  if (passwordId !== undefined) out.object(secretObject(passwordId, secret, hostFact('secret')))
  out.object(tlsCredentials(tls, passwordId))
}
