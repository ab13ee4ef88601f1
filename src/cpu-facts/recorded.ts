import type { HostCpu } from '../capabilities/capabilities.ts'
import type { CpuFacts } from './cpu-facts.ts'
import { type Candidate, type CpuDescription, describeHostCpu, type NearestModel, nearestModel } from './nearest.ts'

/** The host CPU of a capability table in the words of the CPU facts. Every conversion asks for the same few. */
export class RecordedCpu {
  /** With the features alone that a guest is given: those that migrate. */
  readonly given: CpuDescription
  /** With all its features. */
  readonly whole: CpuDescription
  readonly #facts: CpuFacts
  readonly #nearest = new WeakMap<readonly Candidate[], { readonly found: NearestModel | undefined }>()

  constructor(facts: CpuFacts, host: HostCpu) {
    this.#facts = facts
    this.given = describeHostCpu(facts, host)
    this.whole = describeHostCpu(facts, { ...host, migratability: false })
  }

  /** The model among `candidates` that comes nearest to what a guest is given. */
  nearest(candidates: readonly Candidate[]): NearestModel | undefined {
    let known = this.#nearest.get(candidates)
    if (known === undefined) {
      known = { found: nearestModel(this.#facts, this.given, candidates) }
      this.#nearest.set(candidates, known)
    }
    return known.found
  }
}

const known = new WeakMap<HostCpu, WeakMap<CpuFacts, RecordedCpu>>()

/** The one description of a table's host CPU by these facts, made when it is asked for first. */
export function recordedCpu(facts: CpuFacts, host: HostCpu): RecordedCpu {
  let byFacts = known.get(host)
  if (byFacts === undefined) {
    byFacts = new WeakMap()
    known.set(host, byFacts)
  }
  let recorded = byFacts.get(facts)
  if (recorded === undefined) {
    recorded = new RecordedCpu(facts, host)
    byFacts.set(facts, recorded)
  }
  return recorded
}
