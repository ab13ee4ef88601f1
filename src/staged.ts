/** The stages of a conversion. */
export type StageName = 'parse' | 'defaults' | 'addresses' | 'validate' | 'format' | 'argv'

/**
 * Work that rests now and then; what it gives at a rest is the stage it was at. Who runs it may do the same stage of other
 * domains before it goes on: a processor keeps the code of one stage at hand, not that of all, and domains that go through
 * them together take a third less time than one after another.
 */
export type Staged<Result> = Generator<StageName, Result, void>

/**
 * Runs work to its end.
 * @param onRest hears of each rest: for who has a clock
 */
export function atOnce<Result>(work: Staged<Result>, onRest?: (stage: StageName) => void): Result {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    onRest?.(step.value)
  }
}

/** Runs works side by side: each goes to its next rest before one of them goes further. */
export function together<Result>(works: readonly Staged<Result>[]): Result[] {
  const results: Result[] = []
  let underWay = works.map((work, index) => ({ work, index }))
  while (underWay.length > 0) {
    underWay = underWay.filter(({ work, index }) => {
      const step = work.next()
      if (step.done) results[index] = step.value
      return !step.done
    })
  }
  return results
}

/** Runs work to its end, and waits for `rest` at each of its rests: what else waits there has its turn. */
export async function inTurns<Result>(work: Staged<Result>, rest: () => Promise<unknown>): Promise<Result> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await rest()
  }
}
