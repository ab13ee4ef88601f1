import { createHash } from 'node:crypto'
import { linkSync, lstatSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { syncFolder, writeNew } from './beside.ts'

/** How far a replacement has come: new texts are being written beside, are taking their places, or old ones are coming back. */
export type State = 'writing' | 'replacing' | 'taking-back'

export interface JournalFile {
  /** Absolute, no symbolic link. */
  readonly target: string
  /** SHA-256 of what it said, and of what it is to say. */
  readonly before: string
  readonly after: string
}

export interface Journal {
  readonly state: State
  /** The process that is at it. */
  readonly process: number
  readonly files: readonly JournalFile[]
}

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Where a folder keeps its journal. One that replaces files of several folders has the journal in the first, the others name it. */
export const journalIn = (folder: string): string => join(folder, '.domxml-journal')

/** The folders of a journal's files; the journal is in the first. */
export function foldersOf(files: readonly JournalFile[]): [string, ...string[]] {
  const [first = '.', ...others] = new Set(files.map(({ target }) => dirname(target)))
  return [first, ...others]
}

/** Puts a journal where every run over one of its files finds it. It is on the disk when this returns. */
export function begin(journal: Journal): void {
  const [first, ...others] = foldersOf(journal.files)
  const written: string[] = []
  try {
    write(first, journal, 'new')
    written.push(first)
    for (const folder of others) {
      write(folder, { journal: journalIn(first) }, 'new')
      written.push(folder)
    }
  } catch (error) {
    for (const folder of written.reverse()) rmSync(journalIn(folder), { force: true })
    throw error
  }
}

/** Goes on to another state, at once or not at all. */
export function advance(journal: Journal, state: State): Journal {
  const next = { ...journal, state }
  write(foldersOf(journal.files)[0], next, 'next')
  return next
}

/** Nothing is left to do: what names the journal goes first. */
export function end({ files }: Pick<Journal, 'files'>): void {
  const [first, ...others] = foldersOf(files)
  for (const folder of [...others, first]) {
    rmSync(draftIn(folder), { force: true })
    rmSync(journalIn(folder), { force: true })
  }
}

/** Writes a folder's journal, whole or not at all: a new one, which none may be there for, or another state of the one that is. */
function write(folder: string, content: object, how: 'new' | 'next'): void {
  const [path, draft] = [journalIn(folder), draftIn(folder)]
  rmSync(draft, { force: true })
  writeNew(draft, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`))
  if (how === 'next') renameSync(draft, path)
  else {
    try {
      linkSync(draft, path)
    } finally {
      rmSync(draft, { force: true })
    }
  }
  syncFolder(folder)
}

const draftIn = (folder: string): string => `${journalIn(folder)}.next`

/** The journal that a folder keeps or names; undefined where there is none. Throws where what is there is not to be trusted. */
export function journalOf(folder: string): Journal | undefined {
  const own = readOwn(journalIn(folder))
  if (own === undefined) rmSync(draftIn(folder), { force: true })
  if (own === undefined || isJournal(own)) return own
  const elsewhere = (own as { journal?: unknown } | null)?.journal
  if (typeof elsewhere !== 'string' || !isAbsolute(elsewhere)) throw notOurs(journalIn(folder))
  const named = readOwn(elsewhere)
  if (named !== undefined && (!isJournal(named) || !foldersOf(named.files).includes(folder))) throw notOurs(elsewhere)
  // The run ended between the two: nothing is left but the name.
  if (named === undefined) rmSync(journalIn(folder), { force: true })
  return named
}

/** What a file says that we wrote: anybody else's could have us replace files that its author cannot. */
function readOwn(path: string): unknown {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  const own = process.getuid?.()
  const isOurs = own === undefined || (stat.uid === own && (stat.mode & 0o022) === 0)
  if (!stat.isFile() || !isOurs) throw notOurs(path)
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    throw notOurs(path)
  }
}

const notOurs = (path: string): Error =>
  new Error(
    `${path} is no journal of a run of yours: look at it, and remove it together with the files named *.domxml-new`,
  )

function isJournal(value: unknown): value is Journal {
  const { state, process, files } = (value ?? {}) as Partial<Journal>
  const states: readonly unknown[] = ['writing', 'replacing', 'taking-back'] satisfies State[]
  return (
    states.includes(state) &&
    Number.isInteger(process) &&
    Array.isArray(files) &&
    files.length > 0 &&
    files.every(
      (file) => isAbsolute(String(file?.target)) && [file.before, file.after].every((it) => typeof it === 'string'),
    )
  )
}
