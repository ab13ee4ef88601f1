import { existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { printable } from '../../diagnostic/printable.ts'
import { besideOf, type Side, syncFolder } from './beside.ts'
import { digest, end, foldersOf, type Journal, type JournalFile, journalOf, type State } from './journal.ts'

/** What became of a replacement that had been interrupted. */
export interface Recovered {
  readonly how: 'finished' | 'undone'
  readonly files: readonly string[]
  /** Changed by somebody since then: they stay as they are. */
  readonly changed: readonly string[]
}

/** What takes the place of each file, by how far the run had come. */
const takes: { readonly [S in State]: Side | undefined } = {
  writing: undefined,
  replacing: 'new',
  'taking-back': 'old',
}

/**
 * Finishes or undoes what an earlier run had begun in the folders of these files and could not end. Throws where another
 * run is still at it, or a journal is not ours.
 */
export function recover(paths: readonly string[]): Recovered[] {
  const folders = new Set(paths.flatMap((path) => (existsSync(path) ? [dirname(realpathSync(path))] : [])))
  return [...folders].flatMap((folder) => {
    const journal = journalOf(folder)
    if (journal === undefined) return []
    if (isAlive(journal.process)) {
      throw new Error(`process ${journal.process} is replacing files of ${folder}: wait for it, or end it`)
    }
    return [settle(journal)]
  })
}

/** What became of it in words, a line. */
export function recoveredText({ how, files, changed }: Recovered): string {
  const left = changed.map((path) => `; ${printable(path)} was changed since then and stays as it is`)
  return `an earlier run was interrupted, and is ${how} now: ${files.map(printable).join(', ')}${left.join('')}\n`
}

/** Brings what a journal says to its end, and leaves nothing beside the files. */
export function settle(journal: Journal): Recovered {
  const side = takes[journal.state]
  const changed: string[] = []
  for (const file of journal.files) {
    if (side !== undefined && !take(file, side)) changed.push(file.target)
  }
  clear(journal)
  const files = journal.files.map(({ target }) => target)
  return { how: side === 'new' ? 'finished' : 'undone', files, changed }
}

/** Removes everything that stands beside the files, and then the journal. */
export function clear(journal: Journal): void {
  for (const { target } of journal.files)
    for (const it of ['new', 'old'] as const) rmSync(besideOf(target, it), { force: true })
  for (const folder of foldersOf(journal.files)) if (existsSync(folder)) syncFolder(folder)
  end(journal)
}

/** Puts what stands beside a file in its place; false where the file is not what the run had left there. */
function take({ target, before, after }: JournalFile, side: Side): boolean {
  if (!existsSync(besideOf(target, side))) return true
  const expected = side === 'new' ? before : after
  if (!existsSync(target) || digest(readFileSync(target)) !== expected) return false
  renameSync(besideOf(target, side), target)
  return true
}

function isAlive(number: number): boolean {
  if (number === process.pid) return false
  try {
    process.kill(number, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
