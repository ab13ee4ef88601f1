import { Release, type ReleaseName } from './release.ts'

/** The releases for which a row holds: from `since` on, and before `until`. */
export interface Period {
  readonly since?: ReleaseName | undefined
  readonly until?: ReleaseName | undefined
}

const ranks = new Map<ReleaseName, number>()

function rankOf(name: ReleaseName): number {
  let rank = ranks.get(name)
  if (rank === undefined) {
    rank = Release.of(name).rank
    ranks.set(name, rank)
  }
  return rank
}

/** Whether a dated row holds in a release. */
export function holds({ since, until }: Period, release: Release): boolean {
  if (since !== undefined && release.rank < rankOf(since)) return false
  return until === undefined || release.rank < rankOf(until)
}

/** A value that changed with releases: a spelling, a number, a name. */
export class Dated<T> {
  readonly #steps: readonly { readonly rank: number; readonly value: T }[]
  /** The releases in which it changed, oldest first. */
  readonly changes: readonly ReleaseName[]

  constructor(first: T, changes: readonly (readonly [since: ReleaseName, value: T])[]) {
    const steps = [{ rank: 0, value: first }, ...changes.map(([since, value]) => ({ rank: rankOf(since), value }))]
    if (steps.some(({ rank }, index) => index > 0 && rank <= steps[index - 1]!.rank)) {
      throw new Error('the changes of a dated value stand from old to new')
    }
    this.#steps = steps
    this.changes = changes.map(([since]) => since)
  }

  at({ rank }: Release): T {
    let found = this.#steps[0]!.value
    for (const step of this.#steps) if (step.rank <= rank) found = step.value
    return found
  }
}

/** `dated('vhost', ['11.3', 'vhost-net'])`: the first value holds from the oldest release on, until the next begins. */
export function dated<T>(first: T, ...changes: readonly (readonly [since: ReleaseName, value: T])[]): Dated<T> {
  return new Dated(first, changes)
}
