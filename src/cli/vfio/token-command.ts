import { realpathSync } from 'node:fs'
import { v4 } from 'uuid'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { hostFunctions, readSource } from '../../vfio/preflight/extract.ts'
import { redactedToken } from '../../vfio/token.ts'
import { applyEdits, type TokenPlace, tokenPlaces } from '../../vfio/token-new/edit.ts'
import { familyOf } from '../../vfio/token-new/family.ts'
import type { TokenReport } from '../../vfio/token-new/report.ts'
import { hostFacts } from '../host-file.ts'
import { jsonText } from '../json-text.ts'
import { recover, recoveredText } from '../replace/interrupted.ts'
import { replaceFiles, Unfinished } from '../replace/replace-files.ts'
import { reportText } from '../report.ts'
import { status, UsageError } from '../status.ts'
import type { Terminal } from '../terminal.ts'
import { type DomainFile, Places, readDomainFiles } from './domain-files.ts'
import { readPciAddress } from './pf-option.ts'

export interface TokenNewOptions {
  readonly pf: string
  readonly host?: string | undefined
  readonly inPlace?: boolean | undefined
  readonly format: 'text' | 'json'
}

/** A file with the places that get the token, and its bytes with the token in them. */
interface Edited {
  readonly file: DomainFile
  readonly places: readonly TokenPlace[]
  readonly after: Uint8Array
}

/**
 * `domxml vfio token new`. Without `--in-place` the one file's new text goes to standard output. The token is nowhere
 * else than in the files' text.
 * @param makeToken given in tests; a fresh random UUID where absent
 */
export async function runTokenNew(
  names: readonly string[],
  options: TokenNewOptions,
  terminal: Terminal,
  makeToken: () => string = v4,
): Promise<void> {
  const physicalFunction = readPciAddress(options.pf)
  checkUsage(names, options)
  if (options.inPlace) tellRecovered(names, terminal)
  const files = await readDomainFiles(names)
  const facts = hostFacts(options.host, terminal)
  const found = files.map((file) => ({ file, diagnostics: [...file.diagnostics, ...unreadable(file)] }))
  for (const { file, diagnostics } of found) tell(file.name, file.text, diagnostics, terminal)
  if (found.some(({ diagnostics }) => hasErrors(diagnostics))) return terminal.end(status.errors)

  const family = familyOf(facts.pci, physicalFunction)
  if (family === undefined) {
    tell(options.host ?? 'this machine', '', [noSuchPf(physicalFunction)], terminal)
    return terminal.end(status.errors)
  }
  const token = makeToken()
  const edited = files.flatMap((file) => edit(file, family, token))
  if (edited.every(({ places }) => places.length === 0)) {
    tell(names.join(', '), '', [nothingToWrite(physicalFunction)], terminal)
    return terminal.end(status.errors)
  }
  if (options.inPlace) write(edited)
  print(edited, physicalFunction, options, terminal)
}

function checkUsage(names: readonly string[], { inPlace, format }: TokenNewOptions): void {
  if (!inPlace && names.length > 1 && format === 'text') {
    throw new UsageError('several files can get one token only with --in-place')
  }
  if (inPlace && names.includes('-')) throw new UsageError('standard input cannot be replaced: leave --in-place out')
  const seen = new Set<string>()
  for (const name of names) {
    const path = name === '-' ? name : realPath(name)
    if (seen.has(path)) throw new UsageError(`${name} is given twice`)
    seen.add(path)
  }
}

/** Where the file is not there, reading it tells. */
function realPath(name: string): string {
  try {
    return realpathSync(name)
  } catch {
    return name
  }
}

/** What keeps a file from being edited: an address that cannot be read. A token that cannot be is to be replaced. */
function unreadable({ root, text, bytes }: DomainFile): Diagnostic[] {
  if (root === undefined) return []
  const addresses = hostFunctions(root)
    .flatMap(({ source }) => readSource(source).diagnostics)
    .filter(({ code }) => !code.startsWith('hostdev/vf-token'))
  return encode(text, bytes) === undefined ? [...addresses, notUtf8()] : addresses
}

/** The text in the file's own bytes; undefined where the file is not UTF-8. */
function encode(text: string, before: Uint8Array): Uint8Array | undefined {
  const bytes = withMark(text, before)
  const same = bytes.length === before.length && bytes.every((byte, index) => byte === before[index])
  return same ? bytes : undefined
}

/** UTF-8, with a byte order mark where the file has one. */
function withMark(text: string, before: Uint8Array): Uint8Array {
  const marked = before[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf
  return new TextEncoder().encode(marked ? `\ufeff${text}` : text)
}

function edit(file: DomainFile, family: ReadonlySet<string>, token: string): Edited[] {
  if (file.root === undefined) return []
  const places = tokenPlaces(file.text, file.root, family, token)
  const text = applyEdits(
    file.text,
    places.map((place) => place.edit),
  )
  return [{ file, places, after: withMark(text, file.bytes) }]
}

function tellRecovered(names: readonly string[], terminal: Terminal): void {
  try {
    for (const one of recover(names)) terminal.error(recoveredText(one))
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function write(edited: readonly Edited[]): void {
  const replacements = edited
    .filter(({ places }) => places.length > 0)
    .map(({ file, after }) => ({ path: file.name, before: file.bytes, after }))
  try {
    replaceFiles(replacements)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new UsageError(error instanceof Unfinished ? said : `no file was replaced: ${said}`)
  }
}

function print(
  edited: readonly Edited[],
  physicalFunction: string,
  { format, inPlace = false }: TokenNewOptions,
  terminal: Terminal,
): void {
  const places = new Places(edited.map(({ file }) => file))
  const report: TokenReport = {
    physicalFunction,
    token: redactedToken,
    written: inPlace,
    files: edited.map(({ file, places: given }) => ({
      file: file.name,
      functions: given.map(({ address, had, span }) => {
        const { line, column } = places.locate(file.name, span) ?? { line: 1, column: 1 }
        return { address, replaced: had, line, column }
      }),
    })),
  }
  if (format === 'json') {
    terminal.out(jsonText(report))
    return
  }
  const lines = report.files.flatMap(({ file, functions }) =>
    functions.length === 0
      ? [`${file}: no function of ${physicalFunction}, left as it is\n`]
      : functions.map(
          ({ address, replaced, line, column }) =>
            `${file}:${line}:${column}: ${address}: token ${redactedToken} ${replaced ? 'replaced' : 'added'}\n`,
        ),
  )
  if (inPlace) {
    terminal.out(lines.join(''))
    return
  }
  terminal.error(lines.join(''))
  for (const { after } of edited) terminal.out(new TextDecoder('utf-8', { ignoreBOM: true }).decode(after))
}

function tell(name: string, text: string, diagnostics: readonly Diagnostic[], terminal: Terminal): void {
  terminal.error(reportText({ name, text, diagnostics, secrets: [] }, terminal.colourError))
}

function noSuchPf(address: string): Diagnostic {
  return {
    code: 'vfio/pf-not-on-host',
    severity: 'error',
    message: `${address} is not a PF of the host.`,
    hint: 'Compare the address with lspci -D; --host takes a file of domxml host record.',
  }
}

function nothingToWrite(address: string): Diagnostic {
  return {
    code: 'vfio/no-function-of-pf',
    severity: 'error',
    message: `None of the files takes ${address} or a VF of it: nothing is written.`,
    hint: 'Compare the source addresses in the files with the host.',
  }
}

function notUtf8(): Diagnostic {
  return {
    code: 'vfio/not-utf-8',
    severity: 'error',
    message: 'The file is not in UTF-8: it would change in other places than the tokens.',
    hint: 'Convert it first, e.g. with iconv, and correct its XML declaration.',
  }
}
