import type { Flag } from '../../capabilities/flags.ts'
import { isX86 } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { describeSecret } from '../../host/secrets.ts'
import type { Tpm, TpmBackendOf } from './element.ts'

const models: { readonly [M in NonNullable<Tpm['model']>]: Flag } = {
  'tpm-tis': 'tpm-tis',
  'tpm-crb': 'tpm-crb',
  'tpm-spapr': 'tpm-spapr',
  'spapr-tpm-proxy': 'spapr-tpm-proxy',
}

const backends: { readonly [T in Tpm['backend']['type']]: Flag } = {
  passthrough: 'tpm-passthrough',
  emulator: 'tpm-emulator',
  external: 'tpm-emulator',
}

/** What the guest sees and who computes, each needs its device of QEMU. */
export const gates: readonly Gate<Tpm>[] = [
  ...(Object.keys(models) as NonNullable<Tpm['model']>[]).map(
    (model): Gate<Tpm> => ({
      path: '@model',
      needs: models[model],
      code: 'tpm/model-unsupported',
      what: `a TPM of model ${model}`,
      hint: 'Use another model, or another QEMU.',
      is: model,
    }),
  ),
  ...(Object.keys(backends) as Tpm['backend']['type'][]).map(
    (type): Gate<Tpm> => ({
      path: 'backend/@type',
      needs: backends[type],
      code: 'tpm/backend-unsupported',
      what: `a TPM backend of type ${type}`,
      hint: 'Use another type, or another QEMU.',
      when: (device: Tpm) =>
        device.model !== 'spapr-tpm-proxy' && device.backend.type === type ? device.backend : undefined,
    }),
  ),
]

export function checkTpm(device: Tpm, context: Context): void {
  const { model, backend } = device
  if (model === 'spapr-tpm-proxy' && backend.type !== 'passthrough') {
    context.error({
      code: 'tpm/proxy-backend',
      message: `The model spapr-tpm-proxy hands on a TPM of the host, its backend cannot be of type ${backend.type}.`,
      hint: "Write <backend type='passthrough'>.",
      at: backend,
      field: 'type',
    })
  }
  if (backend.type === 'emulator') checkEmulator(device, backend, context)
}

/** Why a model cannot have TPM 1.2. */
function without12(device: Tpm, context: Context): string | undefined {
  if (device.model === 'tpm-crb' || device.model === 'tpm-spapr') return `The model ${device.model}`
  return isX86(context.arch) ? undefined : `A guest of ${context.arch}`
}

function checkEmulator(device: Tpm, backend: TpmBackendOf<'emulator'>, context: Context): void {
  const { version } = backend
  const who = version === '1.2' ? without12(device, context) : undefined
  if (who !== undefined) {
    context.error({
      code: 'tpm/version-model',
      message: `${who} has no TPM 1.2.`,
      hint: "Write version='2.0'.",
      at: backend,
      field: 'version',
    })
  } else if (version !== undefined && !context.host.tpm.swtpmVersions.includes(version)) {
    context.error({
      code: 'tpm/version-unsupported',
      message: `The host's swtpm does not emulate TPM ${version}.`,
      hint: `It knows ${context.host.tpm.swtpmVersions.join(' and ') || 'no version'}.`,
      at: backend,
      field: 'version',
    })
  }
  if (backend.active_pcr_banks && version !== '2.0') {
    context.error({
      code: 'tpm/pcr-banks',
      message: 'Only a TPM 2.0 has banks of registers to choose from.',
      hint: "Write version='2.0', or remove <active_pcr_banks>.",
      at: backend.active_pcr_banks,
    })
  }
  if (backend.profile?.source !== undefined && version !== '2.0') {
    context.error({
      code: 'tpm/profile',
      message: 'Only a TPM 2.0 is made from a profile.',
      hint: "Write version='2.0', or remove <profile>.",
      at: backend.profile,
    })
  }
  const secret = backend.encryption && { type: 'vtpm', uuid: backend.encryption.secret }
  // Only swtpm needs its value, not the command line: an undescribed host may well know it.
  const told = context.host.standing('secrets') === 'described'
  if (secret && told && context.host.secrets.find(secret) === undefined) {
    context.warn({
      code: 'secret/unknown',
      message: `The host does not know the ${describeSecret(secret)}, with which the TPM's state is encrypted.`,
      hint: 'Define it and set its value.',
      at: backend.encryption!,
      when: 'start',
    })
  }
}

/** One TPM that the guest talks to, and one proxy beside it. */
export function checkTpms(context: Context): void {
  const isProxy = (device: Tpm) => device.model === 'spapr-tpm-proxy'
  const proxies = context.devices.tpm.filter(isProxy)
  const others = context.devices.tpm.filter((device) => !isProxy(device))
  for (const device of others.slice(1)) refuse(device, 'TPM', context)
  for (const device of proxies.slice(1)) refuse(device, 'TPM proxy', context)
}

function refuse(device: Tpm, what: string, context: Context): void {
  context.error({
    code: 'tpm/several',
    message: `A guest has one ${what}, here is another.`,
    hint: 'Remove it.',
    at: device,
  })
}
