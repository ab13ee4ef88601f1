import type { Context } from '../../context/context.ts'
import { startKey } from '../../context/start.ts'
import { cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import { nearestModel } from '../../cpu-facts/nearest.ts'
import { asked } from '../../host/asked.ts'
import type { Cpu } from './element.ts'
import { type DescribedCpu, described, hostFeatures, hostModel } from './host-cpu.ts'

/** The CPU that is printed, where it is not simply what the XML says. */
export const startCpu = startKey<DescribedCpu>('cpu/start')

/** Makes of the CPU in the XML the one QEMU is asked for: host-model described, optional features decided. */
export function prepareCpu(context: Context): void {
  const { cpu } = context.definition
  if (cpu === undefined) return
  const wanted = cpu.mode === 'host-model' || cpu.match === 'minimum' ? ofHost(cpu, context) : asDescribed(cpu, context)
  if (wanted === undefined) return
  const features = new Map(wanted.features)
  for (const feature of cpu.feature) {
    const on = decided(feature, cpu, context)
    if (on !== undefined) features.set(feature.name, on)
  }
  context.start.set(startCpu, cpu, withoutRemoved(supported({ model: wanted.model, features }, cpu, context), context))
}

function ofHost(cpu: Cpu, context: Context): DescribedCpu | undefined {
  if (context.machine.compatibleCpus) return { model: 'host', features: new Map() }
  const found = hostModel(context)
  if (found === undefined) unknownHost(cpu, context)
  return found
}

function asDescribed(cpu: Cpu, _context: Context): DescribedCpu | undefined {
  if (cpu.mode !== 'custom' || cpu.model?.value === undefined) return undefined
  return { model: cpu.model.value, features: new Map() }
}

/** Whether a feature is on. An optional one is where the host has it. */
function decided({ policy, name }: Cpu['feature'][number], cpu: Cpu, context: Context): boolean | undefined {
  if (policy !== 'optional') return policy !== 'disable' && policy !== 'forbid'
  const host = hostFeatures(context, 'give')
  if (host !== undefined) return host.features.has(name)
  if (cpuFacts(context.arch, context.plan.release)?.features.get(name)?.qemu === undefined) return undefined
  unknownHost(cpu, context)
  return undefined
}

/** A model that this QEMU has not becomes the nearest that it has, where the XML allows it. */
function supported(wanted: DescribedCpu, cpu: Cpu, context: Context): DescribedCpu {
  const { capabilities, accelerator, arch } = context
  const facts = cpuFacts(arch, context.plan.release)
  const models = capabilities.cpuModels(accelerator)
  const model = facts?.models.get(wanted.model)
  if (models.length === 0 || capabilities.cpuModel(wanted.model, accelerator)) return wanted
  if (cpu.mode !== 'custom' || !facts || !model || cpu.model?.fallback === 'forbid') {
    context.error({
      code: 'cpu/model-unsupported',
      message: `This QEMU has no CPU model ${wanted.model}.`,
      hint: "Choose another model, or let libvirt choose the nearest with fallback='allow'.",
      at: cpu.model ?? cpu,
      when: 'start',
    })
    return wanted
  }
  const features = new Set(model.features)
  for (const [name, on] of wanted.features) {
    if (on) features.add(name)
    else features.delete(name)
  }
  const nearest = nearestModel(facts, { vendor: model.vendor, features }, models)
  if (nearest === undefined) return wanted
  const replaced = described(nearest)
  const known = new Set(capabilities.hostCpu(accelerator)?.properties.map(({ name }) => name))
  const kept = [...wanted.features].filter(([name, on]) => {
    if (on) return !facts.models.get(nearest.model)?.features.has(name)
    return known.size === 0 || known.has(facts.features.get(name)?.qemu ?? name)
  })
  return { model: replaced.model, features: new Map([...kept, ...replaced.features]) }
}

/** Features that QEMU took away from a model are switched off, so that every QEMU gives the same CPU. */
function withoutRemoved(wanted: DescribedCpu, { arch, plan }: Context): DescribedCpu {
  const removed = cpuFacts(arch, plan.release)?.models.get(wanted.model)?.removed
  if (!removed?.size) return wanted
  const features = new Map(wanted.features)
  for (const name of [...removed].sort()) if (!features.has(name)) features.set(name, false)
  return { ...wanted, features }
}

function unknownHost(cpu: Cpu, context: Context): void {
  context.ask(asked.cpu, undefined, { at: cpu })
}
