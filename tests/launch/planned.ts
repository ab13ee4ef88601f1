import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { LineIndex } from '../../src/diagnostic/position.ts'
import { genericHost } from '../../src/host/generic.ts'
import type { Host } from '../../src/host/host.ts'
import { secretsFrom } from '../../src/host/secrets.ts'
import { explainPlan } from '../../src/launch/explain.ts'
import { launch } from '../../src/launch.ts'

export interface PlannedOptions {
  readonly privileged?: boolean
  readonly type?: 'qemu' | 'kvm'
  readonly machine?: string
  /** The built-in table; QEMU 9.0 where absent. */
  readonly qemu?: string
  readonly os?: string
  readonly sections?: string
  readonly host?: Partial<Host>
  readonly runtime?: string
  readonly emulator?: string
}

const key = { key: new Uint8Array(32).fill(7), iv: new Uint8Array(16) }

/** The plan of a small guest around some devices, with a built-in table and folders that do not exist. */
export async function planned(devices: string, options: PlannedOptions = {}) {
  const {
    privileged = false,
    type = 'qemu',
    machine = 'q35',
    os = '',
    sections = '',
    runtime = '/r',
    qemu = '9.0.0',
  } = options
  const source = `<domain type='${type}'>
  <name>guest</name>
  <uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid>
  <memory unit='MiB'>256</memory>
  <os><type arch='x86_64' machine='${machine}'>hvm</type>${os}</os>
  ${sections}
  <devices>${devices}</devices>
</domain>`
  return planOf(source, { ...options, privileged, runtime, qemu })
}

/** The plan of a whole domain. */
export async function planOf(source: string, options: PlannedOptions = {}) {
  const { privileged = false, runtime = '/r', qemu = '9.0.0' } = options
  const { build } = chooseBuild('x86_64', qemu)
  const capabilities = await loadBuiltin(build!)
  const generic = genericHost('x86_64')
  const secrets = secretsFrom([{ uuid: 'c7a5fdbd-0000-4000-8000-000000000001', value: new Uint8Array([1, 2, 3]) }])
  const host: Host = { ...generic, secrets, ...options.host }
  const wish = { runtime, state: '/s', privileged, tag: 'abcd1234' }
  const launched = launch(source, { capabilities, host, masterKey: key, wish, emulator: options.emulator })
  const { plan, origins, text, diagnostics } = launched
  for (const { from } of plan ? [...plan.needs, ...plan.steps, ...plan.dialogue, ...plan.differences] : []) {
    const strange = from.kind === 'field' ? from.fields.find((field) => !(field in from.owner)) : undefined
    if (strange !== undefined) throw new Error(`a part of the plan comes from ${strange}, which its owner has not`)
  }
  return {
    launched,
    codes: diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    plan: plan!,
    explained: plan && explainPlan(plan, origins, new LineIndex(text)),
    needs: (plan?.needs ?? []).map(({ kind, path }) => `${kind} ${path}`),
    commands: (plan?.steps ?? []).flatMap((it) => (it.kind === 'command' ? [it.argv.join(' ')] : [])),
    helpers: (plan?.steps ?? []).flatMap((it) => (it.kind === 'helper' ? [it.argv.join(' ')] : [])),
    files: (plan?.steps ?? []).flatMap((it) => (it.kind === 'file' ? [it] : [])),
    dialogue: (plan?.dialogue ?? []).map((it) => (it.kind === 'qmp' ? { [it.execute]: it.arguments } : it)),
    missing: (plan?.differences ?? []).flatMap((it) => (it.kind === 'missing' ? [it.what] : [])),
    options: (name: string) => {
      const words = plan ? [...plan.line.args].map(({ pieces }) => pieces.map(({ text: t }) => t).join('')) : []
      return words.flatMap((word, index) => (word === name ? [words[index + 1]] : []))
    },
  }
}
