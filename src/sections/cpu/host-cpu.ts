import type { Context } from '../../context/context.ts'
import { type CpuFacts, cpuFacts } from '../../cpu-facts/cpu-facts.ts'
import type { CpuDescription } from '../../cpu-facts/nearest.ts'
import { recordedCpu } from '../../cpu-facts/recorded.ts'
import type { HostCpu } from '../../host/facts.ts'

/** A CPU in the words of QEMU's command line: a model, and features that differ from it, in order. */
export interface DescribedCpu {
  readonly model: string
  /** libvirt's names of features, on or off. */
  readonly features: ReadonlyMap<string, boolean>
}

/** The host's CPU as this QEMU can give it to a guest; undefined where nobody told it. */
export function hostModel(context: Context): DescribedCpu | undefined {
  const { capabilities, accelerator, host, arch } = context
  const facts = cpuFacts(arch, context.plan.release)
  const recorded = capabilities.recordedOn === 'host' ? capabilities.hostCpu(accelerator) : undefined
  if (recorded === undefined) return facts && host.cpu?.model ? fromFacts(host.cpu.model, host.cpu, facts) : undefined
  if (facts === undefined) {
    const on = recorded.properties.filter((property) => property.type === 'boolean' && property.value)
    return { model: recorded.model, features: new Map(on.map(({ name }) => [name, true])) }
  }
  const nearest = recordedCpu(facts, recorded).nearest(capabilities.cpuModels(accelerator))
  return nearest && described(nearest)
}

/** Features that QEMU does not know, or that keep a guest from migrating, are not given. */
function fromFacts(
  model: string,
  { features, missing = [] }: Pick<HostCpu, 'features' | 'missing'>,
  facts: CpuFacts,
): DescribedCpu {
  const given = features.filter((name) => {
    const feature = facts.features.get(name)
    return feature === undefined || (feature.qemu !== undefined && feature.migratable)
  })
  const named = [...given.map((name) => [name, true] as const), ...missing.map((name) => [name, false] as const)]
  return { model, features: new Map(named) }
}

export function described(nearest: {
  readonly model: string
  readonly enable: readonly string[]
  readonly disable: readonly string[]
}): DescribedCpu {
  const features = new Map<string, boolean>()
  for (const name of nearest.enable) features.set(name, true)
  for (const name of nearest.disable) features.set(name, false)
  return { model: nearest.model, features }
}

/**
 * What the host's CPU can do; undefined where nobody told it. In a comparison features that do not migrate count, a guest
 * is given only those that do.
 */
export function hostFeatures(context: Context, use: 'compare' | 'give'): CpuDescription | undefined {
  const { capabilities, accelerator, arch } = context
  const facts = cpuFacts(arch, context.plan.release)
  if (facts === undefined) return undefined
  const recorded = capabilities.recordedOn === 'host' ? capabilities.hostCpu(accelerator) : undefined
  if (recorded === undefined) return physicalFeatures(context, facts)
  const { given, whole } = recordedCpu(facts, recorded)
  if (use === 'give') return given
  // KVM may give more than QEMU's own description of the host tells.
  const own = accelerator === 'kvm' ? physicalFeatures(context, facts) : undefined
  return own === undefined ? whole : { ...whole, features: new Set([...whole.features, ...own.features]) }
}

/**
 * Whether all that KVM can give is known. QEMU's own description of the host may lack what the processor has (oracle: 11.3,
 * 12.8 inside a virtual machine), so the processor must be described too.
 */
export function knowsHostWhole({ accelerator, host }: Context): boolean {
  return accelerator !== 'kvm' || host.cpu?.model !== undefined
}

function physicalFeatures({ host }: Context, facts: CpuFacts): CpuDescription | undefined {
  const model = host.cpu?.model === undefined ? undefined : facts.models.get(host.cpu.model)
  if (model === undefined || host.cpu === undefined) return undefined
  const missing = new Set(host.cpu.missing)
  const features = [...model.features, ...host.cpu.features].filter((name) => !missing.has(name))
  return { vendor: host.cpu.vendor ?? model.vendor, features: new Set(features) }
}
