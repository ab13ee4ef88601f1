import type { Format } from '../../lint/reporters/registry.ts'
import type { GivenSettings } from '../../lint/settings/resolve.ts'
import type { WantedReport } from './outputs.ts'

/** What a run is asked for. */
export interface LintRun {
  readonly paths: readonly string[]
  readonly given: GivenSettings
  /** `--config`; false for `--no-config`. */
  readonly config: string | false | undefined
  readonly format: Format
  readonly outputs: readonly WantedReport[]
  readonly stdinFilename: string
  readonly baseline: string | undefined
  readonly writeBaseline: boolean
  readonly fix: boolean
  readonly dryRun: boolean
  readonly fleet: boolean | undefined
  readonly quiet: boolean
  readonly allowEmpty: boolean
  /** Seconds a file may take. */
  readonly timeout: number
  readonly workers: number
  /** Where the report without a file goes: to standard output, or to standard error. */
  readonly reportTo: 'out' | 'error'
}

/** The name of a file in reports and configurations. */
export const shownName = (name: string, run: LintRun) => (name === '-' ? run.stdinFilename : name)
