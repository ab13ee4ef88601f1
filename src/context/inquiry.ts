import type { When } from '../diagnostic/diagnostic.ts'
import type { AskedFact } from '../host/asked.ts'
import type { Host } from '../host/host.ts'
import { assumedFact, hostFact, type Origin } from '../origin/origin.ts'

/** Who asks, so that a finding has its place. */
export interface Asker {
  readonly at: object
  readonly field?: string
  /** When the answer is needed; at a start where absent. */
  readonly when?: When
  /** The answer in a few words, for the note: `virbr0`. */
  readonly says?: string | undefined
}

/**
 * What the host answers. `absent`: it is described, and has no such thing, which the slice reports; `unknown`: nobody
 * described it, which is noted for the slice.
 */
export type Told<T> =
  | { readonly standing: 'described' | 'assumed'; readonly value: T; readonly origin: Origin }
  | { readonly standing: 'absent' | 'unknown'; readonly value: undefined; readonly origin: undefined }

export interface Noted {
  readonly fact: AskedFact
  readonly asker: Asker
}

/** The one door to facts of the host that nobody may have described. Each fact is noted once. */
export class Inquiry {
  readonly #host: Host
  readonly #assumed = new Map<string, Noted>()
  readonly #unknown = new Map<string, Noted>()

  constructor(host: Host) {
    this.#host = host
  }

  get assumed(): readonly Noted[] {
    return [...this.#assumed.values()]
  }

  get unknown(): readonly Noted[] {
    return [...this.#unknown.values()]
  }

  get hasUnknown(): boolean {
    return this.#unknown.size > 0
  }

  /** Notes what is taken for granted, whoever described the rest. */
  assume(fact: AskedFact, asker: Asker): void {
    note(this.#assumed, fact, asker)
  }

  /** @param found what this host says; undefined where it says nothing */
  ask<T>(fact: AskedFact, found: T | undefined, asker: Asker): Told<T> {
    const standing = this.#host.standing(fact.key)
    if (found === undefined) {
      if (standing === 'described' && fact.complete) return { standing: 'absent', value: undefined, origin: undefined }
      note(this.#unknown, fact, asker)
      return { standing: 'unknown', value: undefined, origin: undefined }
    }
    if (standing !== 'assumed') return { standing: 'described', value: found, origin: hostFact(fact.what) }
    note(this.#assumed, fact, asker)
    return { standing: 'assumed', value: found, origin: assumedFact(fact.what) }
  }
}

function note(facts: Map<string, Noted>, fact: AskedFact, asker: Asker): void {
  if (!facts.has(fact.what)) facts.set(fact.what, { fact, asker })
}
