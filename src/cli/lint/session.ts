import { conclude, type LintedFile } from '../../lint/conclude.ts'
import type { RawFinding } from '../../lint/finding.ts'
import { fleetFindings } from '../../lint/fleet/rules.ts'
import { type Inspected, unread } from '../../lint/inspect.ts'
import type { ReportOptions } from '../../lint/reporters/reporter.ts'
import type { Settings } from '../../lint/settings/settings.ts'
import { version } from '../../version.ts'
import { hostFacts } from '../host-file.ts'
import { readInput } from '../input.ts'
import type { Terminal } from '../terminal.ts'
import { BaselineFile } from './baseline-file.ts'
import { type Configs, settingsOf } from './configs.ts'
import type { FoundConfig } from './found-config.ts'
import { inspections } from './inspections.ts'
import { type LintRun, shownName } from './lint-run.ts'
import { Outputs, type WantedReport } from './outputs.ts'
import { Progress } from './progress.ts'
import { summaryLine, type Tally } from './tally.ts'
import { inspectFile, type Job, targets } from './task.ts'
import type { Workers } from './workers.ts'

interface Means {
  readonly configs: Configs
  readonly workers: Workers
  readonly tally: Tally
  readonly terminal: Terminal
  readonly rule: ReportOptions['rule']
}

/** One run over its files. */
export class Session {
  readonly #run: LintRun
  readonly #configs: Configs
  readonly #workers: Workers
  readonly #tally: Tally
  readonly #terminal: Terminal
  readonly #outputs: Outputs
  readonly #baselines = new Map<string, BaselineFile>()

  constructor(run: LintRun, { configs, workers, tally, terminal, rule }: Means) {
    this.#run = run
    this.#workers = workers
    this.#configs = configs
    this.#tally = tally
    this.#terminal = terminal
    const toError = run.reportTo === 'error' && run.format === 'text'
    // A diff, or the mended text of standard input, has standard output for itself.
    const silent = run.fix && (run.dryRun || run.paths.includes('-'))
    const print = (text: string) => (toError || silent ? terminal.error(text) : terminal.out(text))
    const wanted: WantedReport[] = [{ format: run.format, file: undefined }, ...run.outputs]
    const colour = toError || silent ? terminal.colourError : terminal.colourOut
    this.#outputs = new Outputs(wanted, { colour, version, rule }, print)
  }

  undo(): void {
    this.#outputs.undo()
  }

  async all(names: readonly string[]): Promise<void> {
    const { quiet } = this.#run
    const progress = new Progress(names.length, quiet)
    const held: Inspected[] = []
    for (const config of new Set(names.map((name) => this.#configs.for(shownName(name, this.#run))))) {
      if (config.findings) await this.#tell(config.findings, config, [], false)
    }
    for await (const inspected of this.#inspected(names)) {
      progress.step()
      const config = this.#configs.for(inspected.name)
      if (this.#isFleet(config)) held.push(inspected)
      else await this.#tell(inspected, config, [])
    }
    progress.end()
    if (held.length > 0) {
      const found = fleetFindings(held, this.#hostOf(held))
      for (const file of held) await this.#tell(file, this.#configs.for(file.name), found.get(file.name) ?? [])
    }
    for (const baseline of this.#baselines.values()) {
      this.#tally.counts.gone += baseline.gone()
      baseline.save()
    }
    this.#outputs.end(this.#tally.counts)
    if (!quiet) this.#terminal.error(summaryLine(this.#tally.counts))
  }

  async *#inspected(names: readonly string[]): AsyncGenerator<Inspected> {
    const { stdinFilename } = this.#run
    const jobOf = (name: string): Job => {
      const config = this.#configs.for(name)
      return { name, circumstance: settingsOf(config, name).circumstance, fleet: this.#isFleet(config) }
    }
    if (names.includes('-')) {
      const { bytes } = await readInput('-')
      if (this.#run.fix) await this.#fixInput(bytes, settingsOf(this.#configs.for(stdinFilename), stdinFilename))
      else yield await inspectFile(jobOf(stdinFilename), { given: bytes })
    }
    const jobs = names.filter((name) => name !== '-').map(jobOf)
    yield* inspections(jobs, this.#workers)
  }

  async #fixInput(bytes: Uint8Array, settings: Settings): Promise<void> {
    const { stdinFilename: name, dryRun } = this.#run
    const { diffOf, fixBytes } = await import('./fix-file.ts')
    const fixed = await fixBytes(name, bytes, settings, targets)
    if (!dryRun) this.#tally.counts.fixed += fixed?.fixed.length ?? 0
    if (dryRun) this.#terminal.out(fixed === undefined ? '' : diffOf(name, fixed))
    else this.#terminal.out(new TextDecoder().decode(fixed?.bytes ?? bytes))
    const job = { name, circumstance: settings.circumstance, fleet: false }
    await this.#tell(
      await inspectFile(job, { given: dryRun ? bytes : (fixed?.bytes ?? bytes) }),
      this.#configs.for(name),
      [],
      false,
    )
  }

  /** Reports one file, mended first where that is wanted. */
  async #tell(
    inspected: Inspected,
    config: FoundConfig,
    more: readonly RawFinding[],
    mayFix = this.#run.fix,
  ): Promise<void> {
    const settings = settingsOf(config, inspected.name)
    let linted = conclude(inspected, settings, more)
    if (mayFix && linted.findings.some(({ fix }) => fix?.safe)) {
      const mended = await this.#fix(inspected, settings)
      if (mended !== undefined) linted = conclude(mended, settings, more)
    }
    linted = this.#known(linted, config)
    this.#tally.add(linted, settings.failOn)
    this.#outputs.file(linted)
  }

  async #fix(inspected: Inspected, settings: Settings): Promise<Inspected | undefined> {
    const { name } = inspected
    const { dryRun } = this.#run
    const { diffOf, fixFile } = await import('./fix-file.ts')
    try {
      const fixed = await fixFile(name, settings, targets, dryRun)
      if (fixed === undefined) return undefined
      if (!dryRun) this.#tally.counts.fixed += fixed.fixed.length
      if (dryRun) {
        this.#terminal.out(diffOf(name, fixed))
        return undefined
      }
      return await inspectFile({ name, circumstance: settings.circumstance, fleet: false })
    } catch (error) {
      const message = `It was not mended: ${error instanceof Error ? error.message : String(error)}`
      const refusal = {
        code: 'file/not-written',
        severity: 'error',
        message,
        hint: 'Nothing in it was changed.',
      } as const
      return { ...inspected, findings: [...inspected.findings, ...unread(name, '', [refusal]).findings] }
    }
  }

  #known(linted: LintedFile, config: FoundConfig): LintedFile {
    const path = this.#run.baseline ?? (config.config.baseline && config.resolved.locate(config.config.baseline))
    if (path === undefined) return linted
    let baseline = this.#baselines.get(path)
    if (baseline === undefined) {
      baseline = new BaselineFile(path, this.#run.writeBaseline)
      this.#baselines.set(path, baseline)
    }
    const { file, known } = baseline.apply(linted)
    this.#tally.counts.known += known
    return file
  }

  #isFleet({ config }: FoundConfig): boolean {
    return this.#run.fleet ?? config.fleet ?? false
  }

  /** The host that VF tokens are judged for: only a described one knows its devices. */
  #hostOf(held: readonly Inspected[]) {
    const [first] = held
    const host = first && settingsOf(this.#configs.for(first.name), first.name).circumstance.host
    return host?.includes('.') || host?.includes('/') ? hostFacts(host, this.#terminal) : undefined
  }
}
