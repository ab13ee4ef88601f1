import { choice, element, type Infer } from '../../codec/element.ts'
import { child, flag, optional, required, requiredChild, withDefault } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty, oneOf, text, yesNo } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

const hostDevice = element('device', 'The TPM of the host.', {
  attributes: { path: withDefault(nonEmpty, '/dev/tpm0', { doc: 'Its device.' }) },
})

const encryption = element('encryption', 'The state on disk is encrypted.', {
  attributes: { secret: required(uuid, { doc: 'The secret with the passphrase.' }) },
})

const pcrBanks = element('active_pcr_banks', 'The banks of registers that are in use; TPM 2.0.', {
  children: {
    sha1: flag({ doc: 'The bank of SHA-1.' }),
    sha256: flag({ doc: 'The bank of SHA-256.' }),
    sha384: flag({ doc: 'The bank of SHA-384.' }),
    sha512: flag({ doc: 'The bank of SHA-512.' }),
  },
})

const isEmpty = (banks: Infer<typeof pcrBanks> | undefined) => !banks || !Object.values(banks).includes(true)

const externalSource = element('source', 'The socket of a TPM that somebody else runs.', {
  attributes: {
    type: required(oneOf('unix'), { doc: 'A UNIX socket.', invalid: 'tpm/external-type' }),
    mode: required(oneOf('connect'), { doc: 'QEMU is the client.', invalid: 'tpm/external-mode' }),
    path: required(text, { doc: 'Its path.' }),
  },
})

const storage = element('source', 'Where the state is kept.', {
  attributes: {
    type: required(oneOf('file', 'dir'), { doc: 'A file, or a folder.' }),
    path: required(nonEmpty, { doc: 'Its path.' }),
  },
})

const profile = element(
  'profile',
  'What the TPM can do; TPM 2.0.',
  {
    attributes: {
      source: optional(nonEmpty, { doc: 'The profile that it is made from.' }),
      removeDisabled: optional(oneOf('check', 'fips-host'), {
        doc: 'What is removed where the host has disabled it.',
      }),
      name: optional(nonEmpty, { doc: 'The profile that it has; filled once it is made.' }),
    },
  },
  {
    omitEmpty: true,
    // what is removed of no profile says nothing (libvirt 11.3 and 12.8 asked)
    settle: ({ fields }) => {
      if (fields.source === undefined && fields.name === undefined) fields.removeDisabled = undefined
    },
  },
)

const version = optional(oneOf('1.2', '2.0'), { doc: 'Version of the standard.' })

const backend = element(
  'backend',
  'Who computes.',
  {
    attributes: {
      type: required(oneOf('passthrough', 'emulator', 'external'), {
        doc: "passthrough: the host's TPM; emulator: swtpm, run by libvirt; external: somebody else's.",
      }),
    },
    children: {
      by: choice('type', {
        passthrough: { children: { device: child(hostDevice) } },
        emulator: {
          attributes: {
            version,
            persistent_state: optional(yesNo, {
              doc: 'Whether the state survives the definition of the guest.',
              omit: (value) => !value,
            }),
            debug: optional(unsetAtZero(integer()), { doc: 'How much swtpm logs, from 0.', since: '10.10' }),
          },
          children: {
            encryption: child(encryption),
            active_pcr_banks: child(pcrBanks),
            source: child(storage, { since: '10.10' }),
            profile: child(profile, { since: '10.10' }),
          },
        },
        external: { children: { source: requiredChild(externalSource, { missing: 'tpm/external-without-source' }) } },
      }),
    },
  },
  {
    ignored: { attributes: ['version', 'persistent_state'] },
    settle: ({ fields }) => {
      if (isEmpty(fields.active_pcr_banks as Infer<typeof pcrBanks> | undefined)) fields.active_pcr_banks = undefined
      if (fields.type === 'passthrough') fields.device ??= hostDevice.create({})
    },
  },
)

/** formatdomain, "TPM device". */
export const tpm = element('tpm', 'A trusted platform module.', {
  attributes: {
    model: optional(oneOf('tpm-tis', 'tpm-crb', 'tpm-spapr', 'spapr-tpm-proxy'), {
      doc: "How the guest sees it; the machine's own kind where absent.",
    }),
  },
  children: { backend: requiredChild(backend, { once: true, missing: 'tpm/missing-backend' }), ...plainDeviceInfo },
})

export type Tpm = Infer<typeof tpm>
export type TpmBackend = Infer<typeof backend>
export type TpmBackendOf<T extends TpmBackend['type']> = Extract<TpmBackend, { type: T }>
