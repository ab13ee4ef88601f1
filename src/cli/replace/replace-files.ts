import { readFileSync, realpathSync, renameSync } from 'node:fs'
import { type Attributes, besideOf, syncFolder, writeBeside } from './beside.ts'
import { clear, settle } from './interrupted.ts'
import { advance, begin, digest, foldersOf, type Journal } from './journal.ts'
import { whole } from './whole.ts'

/** A file that is to have other bytes. */
export interface Replacement {
  readonly path: string
  /** What was read from it; where something else stands there now, nothing is replaced. */
  readonly before: Uint8Array
  readonly after: Uint8Array
}

export interface ReplaceOptions {
  /** `kept` where absent: where they cannot be, nothing is replaced. */
  readonly attributes?: Attributes
  /** For tests. */
  readonly rename?: typeof renameSync
}

/**
 * Replaces all files, or none. A journal says what is being done: each new content is written beside its file first, then
 * all are renamed; one that fails takes the earlier ones back. What ends the process at any moment leaves the journal, by
 * which the next run finishes or undoes the rest (`recover`). Mode, owner, extended attributes and access lists stay; a
 * symbolic link stays, what it points at is replaced. A file with several names (hard links) is refused: the others would
 * keep the old content. Throws what the file system says.
 */
export function replaceFiles(replacements: readonly Replacement[], options: ReplaceOptions = {}): void {
  const { attributes = 'kept', rename = renameSync } = options
  if (replacements.length === 0) return
  const targets = replacements.map((it) => ({ ...it, target: realpathSync(it.path) }))
  const files = targets.map(({ target, before, after }) => ({ target, before: digest(before), after: digest(after) }))
  let journal: Journal = { state: 'writing', process: process.pid, files }
  whole(() => {
    begin(journal)
    try {
      for (const { target, after } of targets) writeBeside(target, 'new', after, attributes)
      const changed = files.find(({ target, before }) => digest(readFileSync(target)) !== before)
      if (changed !== undefined) throw new Error(`${changed.target} was changed by somebody else meanwhile`)
    } catch (error) {
      clear(journal)
      throw error
    }
    journal = advance(journal, 'replacing')
    const done: typeof targets = []
    try {
      for (const one of targets) {
        rename(besideOf(one.target, 'new'), one.target)
        done.push(one)
      }
    } catch (error) {
      takeBack(journal, done)
      throw error
    }
    for (const folder of foldersOf(files)) syncFolder(folder)
    clear(journal)
  })
}

/** Some files were replaced, others were not; the next run finishes it. */
export class Unfinished extends Error {}

function takeBack(journal: Journal, done: readonly (Replacement & { readonly target: string })[]): void {
  try {
    for (const { target, before } of done) writeBeside(target, 'old', before, 'kept-if-possible')
    settle(advance(journal, 'taking-back'))
  } catch (error) {
    throw new Unfinished(`not all files were replaced, and the next run finishes it: ${said(error)}`)
  }
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error))
