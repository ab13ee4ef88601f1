import type { Context } from '../context/context.ts'
import { asked } from '../host/asked.ts'
import { describeSecret, type SealedSecret, type SecretReference } from '../host/secrets.ts'

/** The value of a secret of the host; undefined, and reported, where it is not known. */
export function findSecret(reference: SecretReference, at: object, context: Context): Uint8Array | undefined {
  const { standing, value } = context.ask(asked.secret(reference), context.host.secrets.find(reference), { at })
  if (standing === 'absent') {
    context.error({
      code: 'secret/unknown',
      message: `The host does not know the ${describeSecret(reference)}.`,
      hint: 'Define it with `virsh secret-define` and set its value, or name it in the host file.',
      at,
      when: 'start',
    })
  }
  return value
}

/** Encrypts for QEMU under the guest's master key; undefined, and reported, where there is none. */
export function sealSecret(plain: Uint8Array | string, at: object, context: Context): SealedSecret | undefined {
  return context.ask(asked.masterKey, context.host.secrets.seal(plain), { at }).value
}

/** A secret of the host, found and encrypted; undefined, and reported, where either fails. */
export function sealedSecret(reference: SecretReference, at: object, context: Context): SealedSecret | undefined {
  const plain = findSecret(reference, at, context)
  return plain && sealSecret(plain, at, context)
}
