import { spawnSync } from 'node:child_process'
import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What stands beside a file while it is replaced: what it will say, and what it said where that is taken back. */
export type Side = 'new' | 'old'

/** The name of the file beside another; the same for each run, so that the next one finds it. */
export function besideOf(target: string, side: Side): string {
  return join(dirname(target), `.${basename(target)}.domxml-${side}`)
}

/** Whether extended attributes and access lists must stay, or stay where this system can keep them. */
export type Attributes = 'kept' | 'kept-if-possible'

/** Writes a file with the mode, owner and attributes of `target` beside it; it is on the disk when this returns. */
export function writeBeside(target: string, side: Side, bytes: Uint8Array, attributes: Attributes): void {
  const { mode, uid, gid, nlink } = statSync(target)
  if (nlink > 1) throw new Error(`${target} has ${nlink} names (hard links): the others would keep what it says now`)
  const path = besideOf(target, side)
  writeNew(path, bytes, (file) => {
    const own = process.getuid?.() === uid && process.getgid?.() === gid
    if (!own) fchownSync(file, uid, gid)
    fchmodSync(file, mode & 0o7777)
    const lost = copyAttributes(target, path)
    if (lost !== undefined && attributes === 'kept') {
      throw new Error(`the extended attributes of ${target} cannot be kept: ${lost}`)
    }
  })
}

/** Writes a file that is not there yet, for its owner alone; `finish` is called before it is forced to the disk. */
export function writeNew(path: string, bytes: Uint8Array, finish: (file: number) => void = () => {}): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    finish(file)
    fsyncSync(file)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
}

/** Node has no call for extended attributes; the `cp` of GNU has. Gives why they were not copied. */
function copyAttributes(from: string, to: string): string | undefined {
  const words = ['--attributes-only', '--preserve=mode,xattr', '--', from, to]
  const { error, status, stderr } = spawnSync('cp', words, { encoding: 'utf8' })
  if (error !== undefined) return `there is no cp to copy them (${error.message})`
  return status === 0 ? undefined : stderr.trim().replace(/\s+/g, ' ')
}

/** Forces a folder's names to the disk: renames and removals in it. */
export function syncFolder(folder: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32') return
  const opened = openSync(folder, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
