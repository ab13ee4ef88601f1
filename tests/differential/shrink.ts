import { copyOf, leaveOut, type Node, partsOf, removable, stands } from './tree.ts'

/** A smaller domain, and which of the given ones it was made of. */
export interface Question {
  readonly number: number
  readonly domain: Node
}

/** Whether each domain still disagrees as the one it was made of; many are asked at once. */
export type Same = (questions: readonly Question[]) => readonly boolean[]

const rounds = 60

/** Makes several domains smaller side by side: parts are left out as long as `same` holds, until no single one can go. */
export function shrink(domains: readonly Node[], same: Same): Node[] {
  const states = domains.map((it) => new Shrinking(it))
  for (let round = 0; round < rounds; round++) {
    const asked = states.map((state) => state.candidates())
    const questions = asked.flatMap((candidates, number) => candidates.map((domain) => ({ number, domain })))
    if (questions.length === 0) break
    const answers = same(questions)
    let at = 0
    for (const [number, state] of states.entries()) {
      const count = asked[number]!.length
      if (count > 0) state.take(answers.slice(at, at + count))
      at += count
    }
  }
  return states.map(({ best }) => best)
}

/**
 * One domain on its way. It asks what each run of parts does when it is left out alone, then how many of the harmless
 * runs can go together; where none is harmless, runs get shorter.
 */
class Shrinking {
  best: Node
  #length: number
  #harmless: number[] = []
  #done = false

  constructor(domain: Node) {
    this.best = domain
    this.#length = Math.max(1, Math.ceil(partsOf(domain).filter(removable).length / 4))
  }

  candidates(): readonly Node[] {
    if (this.#done) return []
    if (this.#harmless.length > 0)
      return this.#harmless.map((_, last) => this.#without(this.#harmless.slice(0, last + 1)))
    const runs = Math.ceil(this.#parts() / this.#length)
    return Array.from({ length: runs }, (_, run) => this.#without([run]))
  }

  take(answers: readonly boolean[]): void {
    if (this.#harmless.length > 0) {
      const last = answers.lastIndexOf(true)
      if (last < 0) this.#shorten()
      else this.best = this.#without(this.#harmless.slice(0, last + 1))
      this.#harmless = []
      return
    }
    this.#harmless = answers.flatMap((harmless, run) => (harmless ? [run] : []))
    if (this.#harmless.length === 0) this.#shorten()
  }

  #parts(): number {
    return partsOf(this.best).filter(removable).length
  }

  #shorten(): void {
    if (this.#length === 1) this.#done = true
    else this.#length = Math.ceil(this.#length / 3)
  }

  #without(runs: readonly number[]): Node {
    const copy = copyOf(this.best)
    const parts = partsOf(copy).filter(removable)
    for (const run of runs) {
      for (const part of parts.slice(run * this.#length, (run + 1) * this.#length)) {
        if (stands(part)) leaveOut(part)
      }
    }
    return copy
  }
}
