import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { Baseline, baselineOf, readBaseline } from '../../lint/baseline.ts'
import type { LintedFile } from '../../lint/conclude.ts'
import type { Finding } from '../../lint/finding.ts'
import { readText } from '../read-up-to.ts'
import { reportText, wantsColour } from '../report.ts'
import { UsageError } from '../status.ts'

/** A baseline on disk. Names in it are relative to it, so that it works from any folder. */
export class BaselineFile {
  readonly #path: string
  readonly #baseline: Baseline
  readonly #looked = new Set<string>()
  readonly #written: (readonly [string, Finding])[] | undefined

  /** @param write everything that is found is to be written as known; nothing is new */
  constructor(path: string, write: boolean) {
    this.#path = resolve(path)
    this.#baseline = write ? new Baseline([]) : read(this.#path)
    this.#written = write ? [] : undefined
  }

  /** The new findings of a file, and how many are known. */
  apply(file: LintedFile): { readonly file: LintedFile; readonly known: number } {
    const name = relative(dirname(this.#path), resolve(file.name)).split(sep).join('/')
    this.#looked.add(name)
    if (this.#written === undefined) return this.#baseline.apply(file, name)
    for (const finding of file.findings) this.#written.push([name, finding])
    return { file: { ...file, findings: [] }, known: file.findings.length }
  }

  /** How many known findings of the files that were looked at are gone. */
  gone(): number {
    return this.#baseline.gone(this.#looked).length
  }

  /** Writes what was found, where that was wanted. */
  save(): void {
    if (this.#written === undefined) return
    const temporary = `${this.#path}.${process.pid}.domxml`
    try {
      writeFileSync(temporary, `${JSON.stringify(baselineOf(this.#written), null, 2)}\n`)
      renameSync(temporary, this.#path)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw new UsageError(`${this.#path}: ${error instanceof Error ? error.message : 'cannot be written'}`)
    }
  }
}

function read(path: string): Baseline {
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such baseline; --write-baseline makes it`)
  const text = readText(path)
  const { value, diagnostics } = readBaseline(text)
  if (value !== undefined) return new Baseline(value.findings)
  throw new UsageError(reportText({ name: path, text, diagnostics, secrets: [] }, wantsColour(process.stderr)))
}
