import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { many, optional, required, requiredChild } from '../../codec/field.ts'
import { nonEmpty, oneOf } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { elementsOf } from '../../xml/tree.ts'

/** Exactly one of uuid and usage names a secret (libvirt: formatsecret). */
const named = {
  uuid: optional(uuid, { doc: 'UUID of the secret.' }),
  usage: optional(nonEmpty, { doc: 'Usage of the secret.' }),
} as const

const authSecret = element(
  'secret',
  'The secret that opens the source.',
  {
    attributes: {
      type: required(oneOf('ceph', 'iscsi'), { missing: 'source/secret-without-type', doc: 'For whom the secret is.' }),
      ...named,
    },
  },
  { settle: oneName },
)

export const auth = element('auth', 'User and secret with which a network source is opened.', {
  attributes: { username: required(nonEmpty, { missing: 'source/auth-without-username', doc: 'Name of the user.' }) },
  children: { secret: requiredChild(authSecret, { missing: 'source/auth-without-secret' }) },
})

const passphrase = element(
  'secret',
  'A passphrase of the encryption.',
  { attributes: { type: required(oneOf('passphrase'), { doc: 'What the secret is.' }), ...named } },
  { settle: oneName },
)

export const encryption = element(
  'encryption',
  'How the source is encrypted.',
  {
    attributes: {
      format: required(oneOf('default', 'qcow', 'luks', 'luks2', 'luks-any'), { doc: 'Kind of encryption.' }),
      engine: optional(oneOf('qemu', 'librbd'), { doc: 'What decrypts; qemu where absent.' }),
    },
    children: { secret: many(passphrase) },
  },
  {
    settle: ({ fields, node, error }) => {
      fields.engine ??= 'qemu'
      for (const { local } of elementsOf(node)) {
        if (local !== 'cipher' && local !== 'ivgen') continue
        error({
          code: 'source/encryption-cipher',
          message: `<${local}> is for new volumes: the image of a guest says its cipher itself.`,
          hint: `Remove <${local}>.`,
        })
      }
    },
    alwaysOpen: true,
    ignored: { children: ['cipher', 'ivgen'] },
  },
)

function oneName({ fields, error }: Settling): void {
  if ((fields.uuid === undefined) !== (fields.usage === undefined)) return
  error({
    code: 'source/secret-name',
    message:
      fields.uuid === undefined ? 'The secret is not named.' : 'The secret is named twice, by UUID and by usage.',
    hint: "Give either uuid='…' or usage='…'.",
  })
}

export type Auth = Infer<typeof auth>
export type Encryption = Infer<typeof encryption>
export type Passphrase = Infer<typeof passphrase>
