import type { StageName } from '../staged.ts'

/** What a command spends its time with, beside the stages of a conversion. */
type Work = 'start' | 'read' | 'load' | 'print' | StageName

const order: readonly Work[] = [
  'start', 'read', 'load', 'parse', 'defaults', 'addresses', 'validate', 'format', 'argv', 'print',
] // biome-ignore format: a table

/** Where the time of a command went (`--stats`): each mark adds what passed since the one before to a kind of work. */
export class Stats {
  readonly #spent = new Map<Work, number>()
  readonly #counts = new Map<string, number>()
  readonly #now: () => number
  #last = 0

  /** @param now milliseconds since the process began */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.mark('start')
  }

  readonly mark = (work: Work): void => {
    const now = this.#now()
    this.#spent.set(work, (this.#spent.get(work) ?? 0) + now - this.#last)
    this.#last = now
  }

  count(what: string, number: number): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + number)
  }

  /** One line a kind of work, their sum, and what was counted. */
  text(): string {
    const rows = order.flatMap((work) => {
      const spent = this.#spent.get(work)
      return spent === undefined ? [] : [[work, spent] as const]
    })
    const sum = rows.reduce((all, [, spent]) => all + spent, 0)
    const lines = [...rows, ['all', sum] as const].map(
      ([what, spent]) => `${what.padEnd(10)}${spent.toFixed(1).padStart(9)} ms`,
    )
    const counts = Array.from(this.#counts, ([what, number]) => `${what} ${number}`)
    return `${[...lines, counts.join(', ')].join('\n')}\n`
  }
}
