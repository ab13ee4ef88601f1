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
 * @param known all ids of the corpus, also those that a filter left out
 */
export function verdictOf(
  results: readonly CaseResult[],
  listed: ExpectedFailures,
  refusals: Refusals,
  known: ReadonlySet<string>,
): Verdict {
  const ids = listed.ids
  const passed = new Set(results.filter(({ failures }) => failures.length === 0).map(({ testCase }) => testCase.id))
  return {
    passing: [...passed].filter((id) => ids.has(id)),
    failing: results.map(({ testCase }) => testCase.id).filter((id) => !passed.has(id) && !ids.has(id)),
    strays: [...listed.doubled, ...[...ids, ...refusals.ids].filter((id) => !known.has(id))],
  }
}

/** The lists without the cases that pass now. They never grow. */
export function shrunk(listed: ExpectedFailures, { passing }: Verdict): ExpectedFailures {
  return listed.without(new Set(passing))
}
