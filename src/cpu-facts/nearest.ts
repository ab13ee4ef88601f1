import type { CpuModel, HostCpu } from '../capabilities/capabilities.ts'
import type { CpuFacts, CpuModelFacts, CpuSignature } from './cpu-facts.ts'

/** A CPU by what it can do. */
export interface CpuDescription {
  /** The vendor's short name (`Intel`). */
  readonly vendor?: string | undefined
  readonly signature?: CpuSignature | undefined
  /** Feature names of the CPU facts. */
  readonly features: ReadonlySet<string>
}

/** A CPU as a model and what differs from it; both lists in the order of the CPU facts. */
export interface NearestModel {
  readonly model: string
  readonly vendor: string | undefined
  readonly enable: readonly string[]
  readonly disable: readonly string[]
}

/** What a candidate brings along beside its name: the features QEMU says the host lacks for it. */
export type Candidate = Pick<CpuModel, 'name' | 'blockers'>

/**
 * The model among `candidates` that comes nearest to a CPU, as a guest would get it: one with the CPU's signature
 * before any other, then the one with the fewest features to list, those to disable counted twice, then the one with the
 * fewest to disable, then the first of the table. A candidate's blockers are features QEMU gives it in addition: they are disabled explicitly
 * unless the CPU has them. Models of another vendor, and those no guest is described as, do not count.
 * A feature that QEMU removed from a model does not count against it, and is listed where the CPU has it.
 */
export function nearestModel(
  facts: CpuFacts,
  cpu: CpuDescription,
  candidates: Iterable<Candidate>,
): NearestModel | undefined {
  const offered = new Map([...candidates].map((candidate) => [candidate.name, candidate]))
  let best: Rated | undefined
  for (const model of facts.models.values()) {
    const candidate = offered.get(model.name)
    if (candidate === undefined || !model.forGuest || !sameVendor(model, cpu)) continue
    const rated = rate(facts, cpu, model, candidate)
    if (best === undefined || isNearer(rated, best)) best = rated
  }
  if (best === undefined) return undefined
  const { model, disable } = best
  const enable = [...best.enable, ...[...model.removed].filter((name) => cpu.features.has(name))]
  return {
    model: model.name,
    vendor: cpu.vendor ?? model.vendor,
    enable: facts.inOrder(enable),
    disable: facts.inOrder(disable),
  }
}

interface Rated {
  readonly model: CpuModelFacts
  readonly signed: boolean
  readonly enable: readonly string[]
  readonly disable: readonly string[]
}

function sameVendor(model: CpuModelFacts, cpu: CpuDescription): boolean {
  return model.vendor === undefined || cpu.vendor === undefined || model.vendor === cpu.vendor
}

function rate(facts: CpuFacts, cpu: CpuDescription, model: CpuModelFacts, candidate: Candidate): Rated {
  const disable = new Set([...model.features].filter((name) => !cpu.features.has(name)))
  for (const blocker of candidate.blockers) {
    const name = facts.feature(blocker)?.name
    if (name !== undefined && !cpu.features.has(name)) disable.add(name)
  }
  return {
    model,
    signed: cpu.signature !== undefined && facts.hasSignature(model, cpu.signature),
    enable: [...cpu.features].filter((name) => !model.features.has(name) && !model.removed.has(name)),
    disable: [...disable],
  }
}

/** A feature that has to be switched off counts twice. */
const weight = ({ enable, disable }: Rated) => enable.length + 2 * disable.length

function isNearer(a: Rated, b: Rated): boolean {
  if (a.signed !== b.signed) return a.signed
  return weight(a) === weight(b) ? a.disable.length < b.disable.length : weight(a) < weight(b)
}

/**
 * An x86 host CPU as a capability table holds it, described by vendor, signature and features. Where QEMU told which
 * features migrate, only those count, as for host-model. What the CPU facts do not know (`kvmclock`) is left out.
 */
export function describeHostCpu(facts: CpuFacts, host: HostCpu): CpuDescription {
  const features = new Set<string>()
  const numbers = new Map<string, number>()
  let vendor: string | undefined
  for (const property of host.properties) {
    if (property.type === 'number') numbers.set(property.name, property.value)
    else if (property.type === 'string') {
      if (property.name === 'vendor') vendor = facts.vendorOf(property.value)
    } else if (property.value && (!host.migratability || property.migratable === true)) {
      const feature = facts.feature(property.name)
      if (feature?.qemu === property.name) features.add(feature.name)
    }
  }
  const [family, model] = [numbers.get('family'), numbers.get('model')]
  const signature =
    family === undefined || model === undefined ? undefined : { family, model, stepping: numbers.get('stepping') }
  return { vendor, signature, features }
}
