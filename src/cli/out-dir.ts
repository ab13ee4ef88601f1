import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UsageError } from './status.ts'

/** What a command prints of several files: one after another, or each in a file of its own. */
export class OutDir {
  readonly #folder: string
  readonly #extension: string
  /** What was written, and for which input. */
  readonly #written = new Map<string, string>()

  /** @param extension of the files written, e.g. `.args` */
  constructor(folder: string, extension: string) {
    this.#folder = folder
    this.#extension = extension
    try {
      mkdirSync(folder, { recursive: true })
    } catch {
      throw new UsageError(`--out-dir ${folder}: no such folder, and it cannot be made`)
    }
  }

  /** Writes the file of an input atomically. Throws a UsageError where two inputs have one name, or the folder takes no file. */
  write(input: string, text: string): void {
    const stem = input === '-' || input.startsWith('<') ? 'stdin' : basename(input).replace(/\.xml$/, '')
    const target = join(this.#folder, stem + this.#extension)
    const other = this.#written.get(target)
    if (other !== undefined) throw new UsageError(`--out-dir: ${other} and ${input} would both be ${target}`)
    this.#written.set(target, input)
    const temporary = join(this.#folder, `.${stem}.${process.pid}.domxml`)
    try {
      writeFileSync(temporary, text, { flag: 'wx' })
      renameSync(temporary, target)
    } catch {
      throw new UsageError(`${target}: cannot be written`)
    } finally {
      rmSync(temporary, { force: true })
    }
  }
}
