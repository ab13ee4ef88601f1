import { encryptCbc } from './aes.ts'
import { base64 } from './base64.ts'

/** How a domain names a secret: by UUID, or by type and usage. */
export interface SecretReference {
  /** ceph, iscsi, tls, vtpm, volume (which also covers passphrases of disks). */
  readonly type: string
  readonly uuid?: string | undefined
  readonly usage?: string | undefined
}

export interface SealedSecret {
  /** Base64 of the ciphertext. */
  readonly data: string
  /** Base64 of the initialisation vector. */
  readonly iv: string
}

/** The secrets of a host: their values, and the key with which they are handed to QEMU. */
export interface SecretStore {
  /** The value; undefined where this host does not know the secret: a finding for whoever asks. */
  find(reference: SecretReference): Uint8Array | undefined
  /**
   * Encrypts for QEMU's `secret` object: AES-256 in CBC mode with PKCS#7 padding under the guest's master key.
   * Text is taken as UTF-8. Undefined where this host has no master key.
   */
  seal(plain: Uint8Array | string): SealedSecret | undefined
}

/** A secret in words for a message: its type and its name, never its value. */
export function describeSecret({ type, uuid, usage }: SecretReference): string {
  return uuid === undefined ? `secret of type ${type} with usage ${usage ?? '(none)'}` : `secret ${uuid}`
}

/** What seals: a key of 32 bytes and an initialisation vector of 16. */
export interface MasterKey {
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

export function sealWith({ key, iv }: MasterKey): SecretStore['seal'] {
  const encodedIv = base64(iv)
  const utf8 = new TextEncoder()
  return (plain) => {
    const bytes = typeof plain === 'string' ? utf8.encode(plain) : plain
    return { data: base64(encryptCbc(bytes, key, iv)), iv: encodedIv }
  }
}

/** A host that knows no secret and cannot seal. */
export const noSecrets: SecretStore = { find: () => undefined, seal: () => undefined }

/** A secret and its value. */
export interface KnownSecret extends Partial<SecretReference> {
  readonly value: Uint8Array
}

/** libvirt stores passphrases of disks as secrets of type volume. */
const storedType = (type: string | undefined) => (type === 'passphrase' ? 'volume' : type)

/** Secrets by UUID or usage; a secret of which no type is known answers to any. */
export function secretsFrom(secrets: readonly KnownSecret[], seal: SecretStore['seal'] = noSecrets.seal): SecretStore {
  const plain = (uuid: string | undefined) => uuid?.toLowerCase().replace(/[- ]/g, '')
  return {
    seal,
    find: (wanted) =>
      secrets.find((known) => {
        if (wanted.uuid !== undefined) return plain(known.uuid) === plain(wanted.uuid)
        const sameType = known.type === undefined || storedType(known.type) === storedType(wanted.type)
        return sameType && wanted.usage !== undefined && known.usage === wanted.usage
      })?.value,
  }
}
