/** Seconds of one call of `work`, at its best: the fastest of several rounds, each long enough to measure. */
export function best(work: () => void, rounds = 7, atLeastMs = 60): number {
  work()
  let calls = 1
  for (;;) {
    const ms = timed(work, calls)
    if (ms >= atLeastMs) break
    calls = Math.ceil(calls * Math.min(10, (atLeastMs / Math.max(ms, 0.01)) * 1.2))
  }
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) least = Math.min(least, timed(work, calls) / calls)
  return least / 1000
}

/**
 * How long each work takes over the time of the first, which is 1: in every round each has its turn, so that what else
 * the machine does reaches all alike; of the rounds' ratios the median counts. The first rounds do not: for so long the
 * engine compiles what is called seldom, and the time of its compiler is time of this process. Gives seconds of the first, too. A work
 * that gives a number says itself how many milliseconds count.
 */
export function interleaved<N extends string>(
  works: { readonly [name in N]: () => number | undefined },
  { rounds = 9, warmUp = 40 } = {},
): { readonly ratios: { readonly [name in N]: number }; readonly first: number } {
  const entries = Object.entries<() => number | undefined>(works)
  for (let round = 0; round < warmUp; round++) for (const [, work] of entries) work()
  const times = Array.from({ length: rounds }, () => entries.map(([, work]) => own(work)))
  const ratios = entries.map(([name], index) => [name, median(times.map((round) => round[index]! / round[0]!))])
  return { ratios: Object.fromEntries(ratios), first: median(times.map((round) => round[0]!)) / 1000 }
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}

function own(work: () => number | undefined): number {
  let said: number | undefined
  const spent = timed(() => {
    said = work()
  }, 1)
  return said ?? spent
}

/** Milliseconds of all processors that this process took: what else the machine does counts little. */
export function timed(work: () => void, calls: number): number {
  const start = process.cpuUsage()
  for (let i = 0; i < calls; i++) work()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Milliseconds that go by: what one waits for. The quickest of several rounds tells it, whatever else the machine does. */
export function elapsed(work: () => void, calls: number): number {
  const start = performance.now()
  for (let i = 0; i < calls; i++) work()
  return performance.now() - start
}

export interface Row {
  readonly what: string
  readonly ratio: number
  readonly note: string
  /** What is aimed at; a ratio above it is marked. */
  readonly aim?: number
  /** A ratio over this one fails the run. */
  readonly limit?: number
}

export const isOver = ({ ratio, limit }: Row): boolean => limit !== undefined && ratio > limit

/** The rows as text; a row over its aim or limit is marked. */
export function table(title: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length))
  const lines = rows.map((row) => {
    const { what, ratio, note, aim, limit } = row
    const mark = isOver(row) ? ` OVER ${limit}` : aim !== undefined && ratio > aim ? ` above the aim of ${aim}` : ''
    return `  ${what.padEnd(width)}  ${ratio.toFixed(2).padStart(7)}  ${note}${mark}`
  })
  return `${title}\n${lines.join('\n')}\n`
}
