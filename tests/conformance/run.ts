import type { Incoming } from '../../src/host/host.ts'
import { Release } from '../../src/release/release.ts'
import { CapabilityTables } from './capabilities-adapter.ts'
import type { Case, Corpus } from './cases.ts'
import { type CaseResult, checksOf, type RefusalRule, runCase } from './checks.ts'
import { Hosts } from './host-adapter.ts'
import type { Circumstances, Subject } from './subject.ts'

/** Builds what a case is converted with: the table and the host of the corpus with the case's own differences. */
export class Setting {
  readonly #tables: CapabilityTables
  readonly #hosts: Hosts

  constructor(support: string) {
    this.#tables = new CapabilityTables(support)
    this.#hosts = new Hosts(support)
  }

  of(testCase: Case): Circumstances {
    const capabilities = this.#tables.of(testCase)
    const incoming: { incoming?: Incoming } = testCase.incoming === undefined ? {} : { incoming: testCase.incoming }
    return {
      capabilities,
      release: Release.of(testCase.libvirt ?? '10.1'),
      host: this.#hosts.of(testCase, capabilities),
      domainId: -1,
      unprobed: true,
      abiUpdate: testCase.abiUpdate ?? false,
      ...incoming,
    }
  }
}

/** Runs cases one after the other. A case whose circumstances cannot be built has failed, with the reason. */
export function runCases(
  cases: readonly Case[],
  corpus: Corpus,
  setting: Setting,
  subject: Subject,
  rule: RefusalRule,
): CaseResult[] {
  return cases.map((testCase) => {
    try {
      return runCase(testCase, corpus, setting.of(testCase), subject, rule)
    } catch (error) {
      const reason = `cannot be run: ${error instanceof Error ? error.message : String(error)}`
      const checks = checksOf(testCase)
      return { testCase, checks, failures: checks.map((check) => ({ check, reason })) }
    }
  })
}
