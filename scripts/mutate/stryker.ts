import { Instrumenter } from '@stryker-mutator/instrumenter'

const silent = { isDebugEnabled: () => false, debug() {}, info() {} }

/** Stryker's instrumenter alone: it finds mutants and puts each behind a switch. Its runner is not used. */
export const createInstrumenter = () => new Instrumenter(silent as never)

/** What the instrumented code reads and writes. */
export interface Switches {
  activeMutant?: string | undefined
  currentTestId?: string | undefined
  hitCount?: number
  hitLimit?: number
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> }
}

export function switches(): Switches {
  const all = globalThis as { __stryker__?: Switches }
  all.__stryker__ ??= {}
  return all.__stryker__
}
