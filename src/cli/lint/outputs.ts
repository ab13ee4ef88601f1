import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { LintedFile } from '../../lint/conclude.ts'
import { type Format, formats, reporters } from '../../lint/reporters/registry.ts'
import type { Reporter, ReportOptions, Summary } from '../../lint/reporters/reporter.ts'
import { UsageError } from '../status.ts'

/** A report that is wanted: on a stream, or in a file (`--output FORMAT=FILE`). */
export interface WantedReport {
  readonly format: Format
  readonly file: string | undefined
}

/** `sarif=report.sarif`. */
export function parseOutput(text: string): WantedReport {
  const at = text.indexOf('=')
  const format = text.slice(0, at < 0 ? undefined : at)
  const known = formats.find((it) => it === format)
  if (known === undefined) throw new UsageError(`--output ${text}: the format is one of ${formats.join(', ')}`)
  const file = at < 0 ? '' : text.slice(at + 1)
  if (file === '') throw new UsageError(`--output ${text}: write ${format}=FILE`)
  return { format: known, file }
}

interface Sink {
  readonly reporter: Reporter
  write(text: string): void
  done(): void
  undo(): void
}

/** Writes several reports of one run as it goes on. A report file appears when it is complete, or not at all. */
export class Outputs {
  readonly #sinks: Sink[] = []

  /** @param print where a report without a file goes */
  constructor(wanted: readonly WantedReport[], options: ReportOptions, print: (text: string) => void) {
    for (const { format, file } of wanted) {
      // A file is no terminal.
      const reporter = reporters[format](file === undefined ? options : { ...options, colour: false })
      this.#sinks.push({ reporter, ...(file === undefined ? { write: print, done() {}, undo() {} } : inFile(file)) })
    }
    for (const { reporter, write } of this.#sinks) write(reporter.begin?.() ?? '')
  }

  file(file: LintedFile): void {
    for (const { reporter, write } of this.#sinks) write(reporter.file(file))
  }

  end(summary: Summary): void {
    for (const { reporter, write, done } of this.#sinks) {
      write(reporter.end?.(summary) ?? '')
      done()
    }
  }

  /** The run broke off: half a report is none. */
  undo(): void {
    for (const sink of this.#sinks) sink.undo()
  }
}

function inFile(file: string): Omit<Sink, 'reporter'> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.domxml`)
  let handle: number
  try {
    mkdirSync(dirname(file), { recursive: true })
    handle = openSync(temporary, 'w', 0o666)
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : 'cannot be written'}`)
  }
  const write = (text: string) => {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
  }
  return {
    write,
    done: () => {
      fsyncSync(handle)
      closeSync(handle)
      renameSync(temporary, file)
    },
    undo: () => rmSync(temporary, { force: true }),
  }
}
