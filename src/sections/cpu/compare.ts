import type { Context } from '../../context/context.ts'
import { cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import { didYouMean } from '../../diagnostic/suggest.ts'
import { dated } from '../../release/dated.ts'
import type { Cpu } from './element.ts'
import { hostFeatures, knowsHostWhole } from './host-cpu.ts'

/** Whether libvirt asks QEMU first: a model that QEMU can run, with nothing said of its features, is not compared. */
const asksQemu = dated(false, ['11.3', true])
/** Whether the features of VMX count, which QEMU sets by the model. */
const comparesVmx = dated(true, ['11.3', false])

const nothing: { readonly features: ReadonlySet<string> } = { features: new Set() }

/**
 * A described CPU against the host's, where the check is partial: QEMU cannot give a guest what the host lacks, and TCG
 * not what it does not emulate. A full
 * check looks at the CPU that the guest got, which only the running QEMU knows.
 */
export function checkAgainstHost(cpu: Cpu, context: Context): void {
  checkCompatible(cpu, context)
  checkKnown(cpu, context)
  if (cpu.check !== 'partial' || (cpu.mode !== 'custom' && cpu.mode !== 'host-model')) return
  if (context.plan.at(asksQemu) && isUsable(cpu, context)) return
  const facts = cpuFacts(context.arch, context.plan.release)
  // What host-model stands for the host has; only what the XML adds may be more.
  const model = cpu.mode === 'host-model' ? nothing : facts?.models.get(cpu.model?.value ?? '')
  const host = hostFeatures(context, 'compare')
  if (model === undefined || host === undefined) return
  const vendor = cpu.vendor ?? undefined
  if (vendor !== undefined && host.vendor !== undefined && vendor !== host.vendor) {
    refuse(cpu, `The guest wants a CPU of ${vendor}, the host's is of ${host.vendor}.`, 'Remove <vendor>.', context)
  }
  const policies = new Map(cpu.feature.map(({ name, policy }) => [name, policy]))
  const named = cpu.feature.filter(({ policy }) => policy === 'require').map(({ name }) => name)
  const needed = [...model.features].filter((name) => !policies.has(name))
  const isCompared = (name: string) => !name.startsWith('vmx-') || context.plan.at(comparesVmx)
  const has = (name: string) =>
    host.features.has(name) || facts?.features.get(name)?.qemu === undefined || !isCompared(name)
  const lacking = [...needed, ...named].filter((name) => !has(name))
  if (lacking.length > 0) {
    const hint = 'Disable them, or choose an older model.'
    if (knowsHostWhole(context)) refuse(cpu, `The host's CPU lacks ${lacking.join(', ')}.`, hint, context)
    else warnOfLack(cpu, lacking, context)
  }
  const forbidden = cpu.feature.filter(({ name, policy }) => policy === 'forbid' && host.features.has(name))
  if (forbidden.length > 0) {
    const names = forbidden.map(({ name }) => name).join(', ')
    refuse(cpu, `The host's CPU has ${names}, which the guest forbids.`, "Use policy='disable'.", context)
  }
  if (cpu.mode !== 'custom' || cpu.match !== 'strict') return
  const extra = [...host.features].filter((name) => {
    const feature = facts?.features.get(name)
    return !model.features.has(name) && !policies.has(name) && feature?.qemu !== undefined && feature.migratable
  })
  if (extra.length > 0) {
    refuse(cpu, `The host's CPU has more: ${extra.join(', ')}.`, "Use match='exact', or name them.", context)
  }
}

function warnOfLack(cpu: Cpu, lacking: readonly string[], context: Context): void {
  context.warn({
    code: 'cpu/host-may-lack',
    message: `By QEMU's description of the host its CPU lacks ${lacking.join(', ')}; whether the processor has them nobody told.`,
    hint: 'Describe the processor in the host file (host record), or disable them.',
    at: cpu,
    when: 'start',
  })
}

/** QEMU says that this host runs the model, and the domain takes it as it is. */
function isUsable({ mode, model, feature }: Cpu, { capabilities, accelerator }: Context): boolean {
  if (mode !== 'custom' || feature.length > 0 || model?.value === undefined) return false
  return capabilities.cpuModel(model.value, accelerator)?.usable === 'yes'
}

/** libvirt describes a model of x86 by its own list. With match='minimum' the model of the host takes its place. */
function checkKnown(cpu: Cpu, context: Context): void {
  const name = cpu.mode === 'custom' && cpu.match !== 'minimum' ? cpu.model?.value : undefined
  if (name === undefined || context.arch !== 'x86_64') return
  const known = cpuFacts(context.arch, context.plan.release)?.models
  if (known === undefined || known.has(name)) return
  const near = didYouMean(name, known.keys())
  context.error({
    code: 'cpu/model-unknown',
    message: `libvirt ${context.plan.release} knows no CPU model ${name}.`,
    hint: near ? `Did you mean ${near}?` : 'Use a later libvirt, another model, or host-model.',
    at: cpu.model ?? cpu,
    field: 'value',
    ...(near && { fix: { value: near, safe: false } }),
    when: 'start',
  })
}

function refuse(cpu: Cpu, message: string, hint: string, context: Context): void {
  context.error({ code: 'cpu/host-incompatible', message, hint, at: cpu, when: 'start' })
}

/** POWER: the guest may be an older processor of the same line, not a newer one. */
function checkCompatible(cpu: Cpu, context: Context): void {
  const { machine, host } = context
  const wanted = cpu.mode === 'host-model' ? cpu.model?.value : undefined
  if (!machine.compatibleCpus || wanted === undefined || host.cpu?.model === undefined) return
  const order = machine.compatibleCpus
  const place = order.indexOf(wanted.toLowerCase())
  const most = order.findIndex((name) => host.cpu?.model?.toLowerCase().startsWith(name) === true)
  if (place >= 0 && (most < 0 || place <= most)) return
  refuse(
    cpu,
    place < 0
      ? `"${wanted}" is no mode of a POWER processor.`
      : `The host's ${host.cpu.model} cannot act as ${wanted}.`,
    `Use one of ${order.join(', ')}, not newer than the host.`,
    context,
  )
}
