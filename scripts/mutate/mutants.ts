import { readFileSync } from 'node:fs'
import { createInstrumenter } from './stryker.ts'

/** One change of the source, told apart from the others by where it is and what it puts there. */
export interface Mutant {
  readonly key: string
  readonly file: string
  readonly line: number
  readonly mutator: string
  readonly from: string
  readonly to: string
  readonly range: Range
}

interface Place {
  readonly line: number
  readonly column: number
}

interface Range {
  readonly start: Place
  readonly end: Place
}

/** Text for people may be worded otherwise; these properties hold it. */
const prose = /\b(doc|message|hint|evidence|reason|title|note|prose|why)\s*:\s*$/

/** All mutants of some files, in the order of the files and then of the source. */
export async function mutantsOf(files: readonly string[]): Promise<Mutant[]> {
  const { mutants } = await instrument(files.map((file) => ({ file, ranges: true })))
  return mutants.map(({ mutant }) => mutant).filter((mutant) => !isProse(mutant))
}

/** The sources of the files in which some mutants are, each mutant behind a switch of its own: its number by its key. */
export async function switched(chosen: readonly Mutant[]) {
  const files = [...new Set(chosen.map(({ file }) => file))]
  const given = files.map((file) => ({
    file,
    ranges: chosen.filter((it) => it.file === file).map(({ range }) => range),
  }))
  const { mutants, sources } = await instrument(given)
  const ids = new Map(mutants.map(({ id, mutant }) => [mutant.key, id]))
  return { sources, ids }
}

async function instrument(files: readonly { file: string; ranges: true | readonly Range[] }[]) {
  const texts = new Map(files.map(({ file }) => [file, readFileSync(file, 'utf8')]))
  const result = await createInstrumenter().instrument(
    files.map(({ file, ranges }) => ({
      name: file,
      mutate: ranges === true ? true : [...ranges],
      content: texts.get(file)!,
    })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  )
  const mutants = result.mutants.map(({ id, fileName, location, mutatorName, replacement }) => {
    const { start, end } = location
    const at = `${fileName}:${start.line + 1}:${start.column + 1}`
    const from = between(texts.get(fileName)!, location)
    const key = `${at}-${end.line + 1}:${end.column + 1} ${mutatorName} ${replacement}`
    const mutant = { key, file: fileName, line: start.line + 1, mutator: mutatorName, from, to: replacement }
    return { id, mutant: { ...mutant, range: location } }
  })
  return { mutants, sources: new Map(result.files.map(({ name, content }) => [name, content])) }
}

function between(text: string, { start, end }: Range): string {
  return text.slice(offset(text, start), offset(text, end))
}

function offset(text: string, { line, column }: Place): number {
  let at = 0
  for (let left = line; left > 0; left--) at = text.indexOf('\n', at) + 1
  return at + column
}

/** Whether only words for people change: a text with spaces between words, or the value of a property that holds such. */
function isProse({ file, mutator, from, range }: Mutant): boolean {
  if (/^\{ doc(: [^:]*)? \}$/.test(from)) return true
  if (mutator !== 'StringLiteral') return false
  if (/\w\S* \S*\w/.test(from)) return true
  const text = readFileSync(file, 'utf8')
  return prose.test(text.slice(0, offset(text, range.start)).slice(-40))
}

/** Some of the mutants, the same for the same seed. */
export function sample<T>(all: readonly T[], seed: number, count: number): T[] {
  const random = mulberry(seed)
  const left = [...all]
  for (let at = 0; at < Math.min(count, left.length); at++) {
    const other = at + Math.floor(random() * (left.length - at))
    ;[left[at], left[other]] = [left[other]!, left[at]!]
  }
  return left.slice(0, count)
}

/** Mulberry32: small, and the same on every machine. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}
