import { argumentText } from '../../src/argv/command-line.ts'
import { readCapabilities } from '../../src/capabilities/file.ts'
import { reportText } from '../../src/cli/report.ts'
import type { ConvertOptions } from '../../src/conversion.ts'
import { convert } from '../../src/convert.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { readHost } from '../../src/host/read.ts'
import { planted } from './json-inputs.ts'
import { caught, wrong } from './oracles.ts'

/** A guest, and what it is converted with but for the file. */
export interface Guest {
  readonly source: string
  readonly options: ConvertOptions
}

/** What is wrong with the answers to a host file; undefined where nothing is. */
export const hostFault = (text: string, guests: readonly Guest[]): string | undefined =>
  caught(() => {
    const { host, diagnostics } = readHost(text, 'x86_64')
    const bad = wrongFindings(text, diagnostics)
    return bad ?? (host && first(guests, ({ source, options }) => wrongLine(source, { ...options, host }, text)))
  })

/** What is wrong with the answers to a capability file; undefined where nothing is. */
export const capabilitiesFault = (text: string, guests: readonly Guest[]): string | undefined =>
  caught(() => {
    const { capabilities, diagnostics } = readCapabilities(text)
    const bad = wrongFindings(text, diagnostics)
    if (bad !== undefined || capabilities === undefined) return bad
    return first(guests, ({ source, options }) => wrongLine(source, { ...options, capabilities }, text))
  })

function wrongFindings(text: string, diagnostics: readonly Diagnostic[]): string | undefined {
  for (const { message, span, code } of diagnostics) {
    if (/\p{Cc}/u.test(message)) return `${code}: a control character in a message`
    if (message.length > 2100) return `${code}: a message without end`
    if (span && (span.start < 0 || span.end > text.length + 1 || span.end < span.start))
      return `${code}: a place outside`
  }
  const told = reportText({ name: 'file', text, diagnostics, secrets: [] }, false)
  return planted.some((secret) => told.includes(secret)) ? 'a secret in the report' : undefined
}

function wrongLine(source: string, options: ConvertOptions, file: string): string | undefined {
  const told = wrong(source, options, file)
  if (told !== undefined) return told
  const { argv } = convert(source, options)
  const words = argv ? [argumentText(argv.binary), ...argv.args.map((it) => argumentText(it))] : []
  for (const [index, word] of words.entries()) {
    if (word === '') return `an empty word behind ${words[index - 1]}`
    if (word.includes('\0')) return `a NUL in ${word.slice(0, 80)}`
  }
  return undefined
}

function first<T>(items: readonly T[], fault: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = fault(item)
    if (found !== undefined) return found
  }
  return undefined
}
