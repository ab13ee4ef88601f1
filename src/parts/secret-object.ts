import { type From, rule } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { SealedSecret } from '../host/secrets.ts'

/**
 * QEMU's object of a secret, encrypted under the guest's master key (QEMU: secret). Empty where nothing was sealed, which
 * was reported.
 */
export function secretObject(id: string, sealed: SealedSecret | undefined, from: From): Properties {
  const object = rule('secret/object')
  return new Properties()
    .put('qom-type', 'secret', object)
    .put('id', id, object)
    .secret('data', sealed?.data ?? '', from)
    .put('keyid', 'masterKey0', rule('process/master-key'))
    .put('iv', sealed?.iv ?? '', from)
    .put('format', 'base64', object)
}
