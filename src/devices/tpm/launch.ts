import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory, shortName } from '../../context/domain-name.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { beside } from '../../launch/plan.ts'
import type { Tpm, TpmBackendOf } from './element.ts'

type Emulator = TpmBackendOf<'emulator'>

/** The socket on which the emulated TPM is reached. */
export function emulatorSocket(context: Context): string {
  const { host } = context
  return host.tpm.emulatorSocket ?? `${host.config.swtpmStateDir}/${shortName(context)}-swtpm.sock`
}

/** The host's device, somebody's socket, or swtpm with the state it keeps over starts. */
export function launchTpm({ backend }: Tpm, context: Context, plan: LaunchBuilder): void {
  if (backend.type === 'passthrough' && backend.device) {
    plan.writable(backend.device.path ?? '/dev/tpm0', "the host's TPM", of(backend.device, 'path'))
  } else if (backend.type === 'external') {
    plan.writable(backend.source.path, 'the socket of a TPM', of(backend.source, 'path'), 'Start the TPM.')
  } else if (backend.type === 'emulator') launchEmulator(backend, context, plan)
}

function launchEmulator(backend: Emulator, context: Context, plan: LaunchBuilder): void {
  const { config } = context.host
  const from = of(backend, 'type')
  const is2 = backend.version === '2.0'
  const state = `${config.swtpmStorageDir}/${context.definition.uuid}/${is2 ? 'tpm2' : 'tpm1.2'}`
  const key = keyOptions(backend, context, plan)
  const version = is2 ? ['--tpm2'] : []
  plan.command(
    ['swtpm_setup', ...version, '--tpm-state', beside(state), ...setup(backend, plan), ...key.setup],
    "the TPM's first state",
    from,
    { fills: state },
  )
  const socket = emulatorSocket(context)
  plan.helper({
    name: 'swtpm',
    argv: [
      'swtpm',
      'socket',
      '--ctrl',
      `type=unixio,path=${socket},mode=0600`,
      '--tpmstate',
      `dir=${state},mode=0600`,
      ...key.run,
      '--terminate',
      ...version,
    ],
    socket,
    from,
  })
  plan.otherwise('The emulated TPM gets no certificates of a local authority.', from)
}

/** `active_pcr_banks` chooses the banks of registers; all keys are made before the first start. */
function setup({ active_pcr_banks, version }: Emulator, plan: LaunchBuilder): string[] {
  const banks = Object.entries(active_pcr_banks ?? {}).flatMap(([name, on]) => (on ? [name] : []))
  const words = ['--createek', '--lock-nvram', '--not-overwrite']
  // As root it would change to a user of its own, who may not write here.
  if (plan.wish.privileged) words.unshift('--runas', 'root')
  if (version === '2.0' && banks.length > 0) words.push('--pcr-banks', banks.join(','))
  return words
}

/** The passphrase that encrypts the state reaches swtpm in a file of the guest's own folder. */
function keyOptions({ encryption }: Emulator, context: Context, plan: LaunchBuilder) {
  if (encryption === undefined) return { setup: [], run: [] }
  const from = of(encryption, 'secret')
  const bytes = context.host.secrets.find({ type: 'vtpm', uuid: encryption.secret })
  if (bytes === undefined) {
    context.error({
      code: 'launch/tpm-secret',
      message: "The secret that encrypts the TPM's state is not known.",
      hint: 'Give its value in the host file (secrets).',
      at: encryption,
      field: 'secret',
      when: 'start',
    })
    return { setup: [], run: [] }
  }
  const file = `${domainDirectory(context)}/tpm-passphrase`
  plan.file(file, { kind: 'secret', bytes }, "the passphrase of the TPM's state", from)
  return {
    setup: ['--pwdfile', file, '--cipher', 'aes-256-cbc'],
    run: ['--key', `pwdfile=${file},mode=aes-256-cbc,kdf=pbkdf2`],
  }
}
