import type { Random } from '../fuzz/mutate.ts'
import type { Field, Step } from './fields.ts'

export type Route = readonly Step[]

/** What a domain shall fill in. */
export interface Wishes {
  readonly routes: readonly Route[]
  /** The fields that stay although they are refused. */
  readonly faults: readonly string[]
  readonly fields: readonly string[]
}

/** A domain with more than that has hardly one that stays. */
const most = 16
const mostFaults = 14

/** So often a field is tried in the variants that have it, and then in any, before it counts as refused wherever it stands. */
const tries = 2

interface State {
  readonly field: Field
  left: number
  lost: number
}

/** The fields that have not been in enough domains, taken in turn. */
export class Wanted {
  readonly #open: Map<string, State>
  readonly #random: Random
  readonly #hopeful: Turns
  readonly #refused: Turns

  constructor(fields: readonly Field[], each: number, random: Random) {
    this.#open = new Map(fields.map((field) => [field.id, { field, left: each, lost: 0 }]))
    this.#random = random
    this.#hopeful = new Turns(random, () => this.#left(isHopeful))
    this.#refused = new Turns(random, () => this.#left((it) => !isHopeful(it)))
  }

  /** As many as bring every field home in the domains that are left, and a few that go astray. */
  next(domainsLeft: number, faulty: boolean): Wishes {
    const share = (of: readonly State[]) => of.reduce((sum, { left }) => sum + left, 0) / domainsLeft
    const fine = this.#hopeful.take(Math.min(most, Math.ceil(2 * share(this.#left(isHopeful)))))
    const wanted = faulty ? Math.ceil(6 * share(this.#left((it) => !isHopeful(it)))) : 0
    const faults = this.#refused.take(Math.min(mostFaults, wanted))
    return {
      routes: [...fine, ...faults].map((it) => this.#routeOf(it)),
      faults: faults.map(({ field }) => field.id),
      fields: fine.map(({ field }) => field.id),
    }
  }

  /** What stood in the domain at last, and of what was wished did not. */
  seen(places: ReadonlySet<string>, { fields }: Wishes): void {
    for (const id of fields) {
      const state = this.#open.get(id)
      if (state !== undefined && !places.has(id)) state.lost++
    }
    for (const place of places) {
      const state = this.#open.get(place)
      if (state === undefined) continue
      if (--state.left === 0) this.#open.delete(place)
    }
  }

  #routeOf({ field, lost }: State): Route {
    const route = this.#random.of(field.routes)
    return lost >= tries && lost < 2 * tries ? route.map((step) => ({ ...step, stray: true })) : route
  }

  #left(which: (state: State) => boolean): State[] {
    return [...this.#open.values()].filter(which)
  }
}

const isHopeful = ({ lost }: State) => lost < 2 * tries

/** Takes each of what is left once before any again. */
class Turns {
  readonly #random: Random
  readonly #left: () => State[]
  #queue: State[] = []

  constructor(random: Random, left: () => State[]) {
    this.#random = random
    this.#left = left
  }

  take(count: number): State[] {
    const left = new Set(this.#left())
    const taken = new Set<State>()
    while (taken.size < Math.min(count, left.size)) {
      if (this.#queue.length === 0) this.#queue = this.#shuffled([...left].filter((it) => !taken.has(it)))
      const state = this.#queue.pop()!
      if (left.has(state)) taken.add(state)
    }
    return [...taken]
  }

  #shuffled(states: State[]): State[] {
    const out: State[] = []
    while (states.length > 0) out.push(states.splice(this.#random.below(states.length), 1)[0]!)
    return out
  }
}
