import { type Often, oftenGenerated } from '../codec/generated.ts'

/** Steps that run one after the other. */
export type Sequence<A extends unknown[]> = Often<(...args: A) => void>

/** Called each from a place of its own, a step is found at once; from a loop over all, the processor guesses at each. */
export function sequenceOf<A extends unknown[]>(steps: readonly ((...args: A) => void)[]): Sequence<A> {
  const most = Math.max(0, ...steps.map(({ length }) => length))
  const given = Array.from({ length: most }, (_, at) => `a${at}`).join()
  return oftenGenerated<A, void>(
    (...args) => {
      for (const step of steps) step(...args)
    },
    {
      names: steps.map((_, at) => `s${at}`),
      given: steps,
      body: () => `return (${given}) => { ${steps.map((_, at) => `s${at}(${given})`).join('; ')} }`,
    },
  )
}
