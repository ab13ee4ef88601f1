import type { CommandLineBuilder } from '../argv/command-line.ts'
import { type From, rule } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Context } from '../context/context.ts'
import { startKey } from '../context/start.ts'
import type { SealedSecret, SecretReference } from '../host/secrets.ts'
import { hostFact } from '../origin/origin.ts'
import { findSecret, sealSecret } from './sealed-secret.ts'

const sealed = startKey<SealedSecret>('secret/sealed')

/**
 * Looks up a secret and seals it for QEMU; kept in the start table for `printSecret`. What is missing is a finding.
 * `owner` is whom the secret is for.
 */
export function prepareSecret(reference: SecretReference, owner: object, context: Context): void {
  const value = findSecret(reference, owner, context)
  const result = value && sealSecret(value, owner, context)
  if (result) context.start.set(sealed, owner, result)
}

/** `-object secret`, encrypted under the guest's master key. Nothing is printed where no secret was prepared. */
export function printSecret(id: string, owner: object, context: Context, out: CommandLineBuilder): boolean {
  const secret = context.start.get(sealed, owner)
  if (secret === undefined) return false
  const from = hostFact('secret')
  out.object(
    new Properties()
      .put('qom-type', 'secret', rule('secret/sealed'))
      .put('id', id, rule('secret/sealed'))
      .secret('data', secret.data, from)
      .put('keyid', 'masterKey0', rule('process/master-key'))
      .put('iv', secret.iv, from)
      .put('format', 'base64', rule('secret/sealed')),
  )
  return true
}

export interface TlsCredentials {
  readonly id: string
  readonly directory: string
  readonly endpoint: 'server' | 'client'
  readonly verifyPeer: boolean
  /** Where the id comes from, where it is a device's. */
  readonly named?: From
  /** For whom `prepareSecret` looked up the secret of the private key. */
  readonly owner: object
  /** The id of that secret; `<id>-secret0` where absent. */
  readonly secretId?: string
  readonly from: From
}

/** `-object tls-creds-x509`, after the secret that unlocks its private key, if there is one. */
export function printTlsCredentials(tls: TlsCredentials, context: Context, out: CommandLineBuilder): void {
  const { id, directory, endpoint, verifyPeer, owner, from } = tls
  const password = tls.secretId ?? `${id}-secret0`
  const hasPassword = printSecret(password, owner, context, out)
  out.object(
    new Properties()
      .put('qom-type', 'tls-creds-x509', rule('tls/credentials'))
      .put('id', id, tls.named ?? rule('tls/credentials'))
      .put('dir', directory, from)
      .put('endpoint', endpoint, rule('tls/credentials'))
      .put('verify-peer', verifyPeer, from)
      .put('passwordid', hasPassword ? password : undefined, rule('tls/credentials')),
  )
}
