import { Session } from 'node:inspector'

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly functionName: string
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[]
    }[]
  }[]
}

/**
 * Counts how often each block of our own code runs: the same on every machine and under every load, which no time is.
 * A loop inside one of the engine's own functions is one step. Only functions that run for the first time after the
 * counting has begun are counted block by block.
 */
export class Blocks {
  readonly #session = new Session()

  constructor() {
    this.#session.connect()
    this.#ask('Profiler.enable')
    this.#ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  /** The runs of each block while `work` is done, by file, function and offset. */
  runsIn(work: () => void): ReadonlyMap<string, number> {
    this.#ask('Profiler.takePreciseCoverage')
    work()
    const { result } = this.#ask('Profiler.takePreciseCoverage') as Coverage
    const runs = new Map<string, number>()
    for (const { url, functions } of result) {
      const file = /\/src\/.*/.exec(url)?.[0]
      if (file === undefined) continue
      for (const { functionName, ranges } of functions)
        for (const { startOffset, count } of ranges) runs.set(`${file} ${functionName} ${startOffset}`, count)
    }
    return runs
  }

  #ask(method: string, params?: object): unknown {
    let answer: unknown
    this.#session.post(method, params, (error, result) => {
      if (error) throw error
      answer = result
    })
    return answer
  }
}
