import type { LintedFile } from '../../lint/conclude.ts'
import type { Summary } from '../../lint/reporters/reporter.ts'
import { type FailOn, fails } from '../../lint/settings/settings.ts'

type Counts = { -readonly [K in keyof Summary]: number }

/** Counts a run. */
export class Tally {
  readonly counts: Counts = {
    files: 0,
    checked: 0,
    foreign: 0,
    ignored: 0,
    errors: 0,
    warnings: 0,
    notes: 0,
    disabled: 0,
    known: 0,
    fixed: 0,
    gone: 0,
  }
  /** Whether a finding was grave enough to fail the run. */
  failed = false

  add(file: LintedFile, failOn: FailOn): void {
    const { counts } = this
    counts.files++
    counts.checked += file.checked
    if (file.kind === 'foreign') counts.foreign++
    counts.disabled += file.disabled
    for (const { level } of file.findings) {
      if (level === 'error') counts.errors++
      else if (level === 'warning') counts.warnings++
      else counts.notes++
      this.failed ||= fails(level, failOn)
    }
  }
}

const many = (count: number, one: string, several = `${one}s`) => `${count} ${count === 1 ? one : several}`

/** One line for people. */
export function summaryLine(summary: Summary): string {
  const { errors, warnings, notes } = summary
  const found = [
    ...(errors > 0 ? [many(errors, 'error')] : []),
    ...(warnings > 0 ? [many(warnings, 'warning')] : []),
    ...(notes > 0 ? [many(notes, 'note')] : []),
  ]
  const aside = [
    ...(summary.foreign > 0 ? [`${many(summary.foreign, 'file')} of other XML skipped`] : []),
    ...(summary.ignored > 0 ? [`${summary.ignored} ignored`] : []),
    ...(summary.disabled > 0 ? [`${many(summary.disabled, 'finding')} disabled by comments`] : []),
    ...(summary.known > 0 ? [`${summary.known} known to the baseline`] : []),
    ...(summary.fixed > 0 ? [`${summary.fixed} fixed`] : []),
    ...(summary.gone > 0 ? [`${summary.gone} of the baseline gone: --write-baseline forgets them`] : []),
  ]
  const looked = `${many(summary.checked, 'domain')} in ${many(summary.files - summary.foreign, 'file')}`
  return `${[`${looked}: ${found.join(', ') || 'nothing found'}`, ...aside].join('; ')}\n`
}
