import type { CaseResult } from './checks.ts'
import type { ExpectedFailures, Refusals } from './expectations.ts'

/** How a run stands to the lists of expected failures. */
export interface Verdict {
  /** Listed cases that pass: the list must shrink. */
  readonly passing: readonly string[]
  /** Cases that fail without being listed. */
  readonly failing: readonly string[]
  /** Entries of no case of the corpus, and doubled ones. */
  readonly strays: readonly string[]
}

/**
 * @param known all ids that may be listed, also those that a filter left out, and those that may have a refusal
 */
export function verdictOf(
  results: readonly CaseResult[],
  listed: ExpectedFailures,
  refusals: Refusals,
  known: { readonly listed: ReadonlySet<string>; readonly refused?: ReadonlySet<string> },
): Verdict {
  const ids = listed.ids
  const passed = new Set(results.filter(({ failures }) => failures.length === 0).map(({ testCase }) => testCase.id))
  return {
    passing: [...passed].filter((id) => ids.has(id)),
    failing: results.map(({ testCase }) => testCase.id).filter((id) => !passed.has(id) && !ids.has(id)),
    strays: [
      ...listed.doubled,
      ...[...ids].filter((id) => !known.listed.has(id)),
      ...refusals.ids.filter((id) => known.refused?.has(id) === false),
    ],
  }
}

/** The lists without the cases that pass now. They never grow. */
export function shrunk(listed: ExpectedFailures, { passing }: Verdict): ExpectedFailures {
  return listed.without(new Set(passing))
}
