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

function timed(work: () => void, calls: number): number {
  const start = performance.now()
  for (let i = 0; i < calls; i++) work()
  return performance.now() - start
}

export interface Row {
  readonly what: string
  readonly ratio: number
  readonly note: string
  /** A ratio over this one fails the run. */
  readonly limit?: number
}

/** The rows as text; a row over its limit is marked, and the process ends with status 1. */
export function table(title: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length))
  const lines = rows.map(({ what, ratio, note, limit }) => {
    const over = limit !== undefined && ratio > limit
    if (over) process.exitCode = 1
    return `  ${what.padEnd(width)}  ${ratio.toFixed(2).padStart(7)}  ${note}${over ? ` OVER ${limit}` : ''}`
  })
  return `${title}\n${lines.join('\n')}\n`
}
