import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A file that is to have other bytes. */
export interface Replacement {
  readonly path: string
  /** What was read from it; where something else stands there now, nothing is replaced. */
  readonly before: Uint8Array
  readonly after: Uint8Array
}

interface Prepared {
  readonly target: string
  readonly temporary: string
  readonly before: Uint8Array
}

/**
 * Replaces all files, or none: each new content is written beside its file first, then all are renamed. A rename that
 * fails takes the earlier ones back. Mode and owner stay; a symbolic link stays, what it points at is replaced. A file with
 * several names (hard links) is refused: the others would keep the old content. Throws what the file system says.
 * @param rename for tests
 */
export function replaceFiles(replacements: readonly Replacement[], rename = renameSync): void {
  const prepared: Prepared[] = []
  try {
    for (const { path, before, after } of replacements) {
      const target = realpathSync(path)
      prepared.push({ target, temporary: writeBeside(target, after), before })
    }
    const changed = prepared.find(({ target, before }) => !sameBytes(readFileSync(target), before))
    if (changed !== undefined) throw new Error(`${changed.target} was changed by somebody else meanwhile`)
    renameAll(prepared, rename)
  } finally {
    for (const { temporary } of prepared) rmSync(temporary, { force: true })
  }
}

function renameAll(prepared: readonly Prepared[], rename: typeof renameSync): void {
  const done: Prepared[] = []
  try {
    for (const one of prepared) {
      rename(one.temporary, one.target)
      done.push(one)
    }
  } catch (error) {
    for (const { target, before } of done.reverse()) renameSync(writeBeside(target, before), target)
    throw error
  }
}

/** Writes a file with the mode and owner of `target` in the same folder; it is on the disk when this returns. */
function writeBeside(target: string, bytes: Uint8Array): string {
  const { mode, uid, gid, nlink } = statSync(target)
  if (nlink > 1) throw new Error(`${target} has ${nlink} names (hard links): the others would keep what it says now`)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.domxml`)
  const file = openSync(temporary, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    const own = process.getuid?.() === uid && process.getgid?.() === gid
    if (!own) fchownSync(file, uid, gid)
    fchmodSync(file, mode & 0o7777)
    fsyncSync(file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  return temporary
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
