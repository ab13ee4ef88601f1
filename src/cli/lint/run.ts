import type { Format } from '../../lint/reporters/registry.ts'
import type { ReportOptions } from '../../lint/reporters/reporter.ts'
import { status, UsageError } from '../status.ts'
import type { Terminal } from '../terminal.ts'
import { Configs, isIgnored, settingsOf } from './configs.ts'
import { findFiles } from './find-files.ts'
import { areMany } from './inspections.ts'
import { type LintRun, shownName } from './lint-run.ts'
import { Session } from './session.ts'
import { Tally } from './tally.ts'
import { targets } from './task.ts'
import { Workers } from './workers.ts'

/** Lints; gives the exit status. */
export async function lint(run: LintRun, terminal: Terminal): Promise<number> {
  const configs = new Configs(run.given, run.config)
  const { names: all, empty } = await findFiles(run.paths)
  if (empty.length > 0 && !run.allowEmpty) {
    throw new UsageError(`${empty.join(', ')}: no XML file is there (--allow-empty lets it pass)`)
  }
  const workers = new Workers(all.length, run)
  // They load their code while this thread looks for configurations.
  if (areMany(all.length)) workers.start()
  try {
    return await lintFiles(all, configs, workers, run, terminal)
  } finally {
    await workers.end()
  }
}

async function lintFiles(
  all: readonly string[],
  configs: Configs,
  workers: Workers,
  run: LintRun,
  terminal: Terminal,
): Promise<number> {
  await configs.prepare(all.map((name) => shownName(name, run)))
  const tally = new Tally()
  const names = all.filter((name) => {
    const shown = name === '-' ? run.stdinFilename : name
    if (!isIgnored(configs.for(shown), shown)) return true
    tally.counts.ignored++
    return false
  })
  await tryCircumstances(names, configs, run)
  const rule = await notesFor([run.format, ...run.outputs.map(({ format }) => format)])
  const session = new Session(run, { configs, workers, tally, terminal, rule })
  try {
    await session.all(names)
  } catch (error) {
    session.undo()
    throw error
  }
  return tally.failed ? status.errors : status.fine
}

/** What reports say of rules: only one form asks, and the pages of all rules are no small thing to load. */
async function notesFor(wanted: readonly Format[]): Promise<ReportOptions['rule']> {
  return wanted.includes('sarif') ? (await import('./rule-notes.ts')).ruleNotes : () => undefined
}

/** What is wrong with the circumstances themselves is told at once, not once a file. */
async function tryCircumstances(names: readonly string[], configs: Configs, run: LintRun): Promise<void> {
  // Files of the same overrides have one object.
  const tried = new Set(names.map((name) => settingsOf(configs.for(shownName(name, run)), shownName(name, run))))
  for (const { circumstance } of tried) {
    const target = await targets.for(circumstance)('x86_64')
    if (typeof target === 'string') throw new UsageError(target)
  }
}
