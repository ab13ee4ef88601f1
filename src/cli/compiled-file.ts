import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { version } from '../version.ts'

const daysKept = 30
/** The engine reads its code where it stands if that is at such a place. */
const alignment = 8

/**
 * The file in which compiled code is kept: for each version of ours, of the engine, for each processor and command one of
 * its own, for what is kept of a chunk are the functions that its first process called. Undefined where
 * NODE_DISABLE_COMPILE_CACHE forbids it, as it forbids Node's own.
 * @param word the first of the command line; what is no name of a command shares one file
 */
export function compiledFile(word = '', env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE !== undefined) return undefined
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache')
  const command = /^[a-z]{1,20}$/.test(word) ? word : 'any'
  return join(base, 'domxml/compiled', `${version}-${process.versions.v8}-${process.arch}-${command}`)
}

/**
 * What a file keeps, by its keys: one read, where a file for each chunk would cost a start several times as much. Nothing
 * where it is not there, is cut off, or is another's: what another may write is not run.
 */
export function readKept(file: string): Map<string, Buffer> {
  const kept = new Map<string, Buffer>()
  try {
    if (!isOurs(dirname(file)) || !isOurs(file)) return kept
    const bytes = readFileSync(file)
    const headEnd = bytes.indexOf('\n') + 1
    const sizes: unknown = JSON.parse(bytes.toString('utf8', 0, headEnd))
    let at = headEnd
    for (const [key, size] of sizes as [string, number][]) {
      kept.set(key, bytes.subarray(at, at + size))
      at += aligned(size)
    }
    return at === bytes.length ? kept : new Map()
  } catch {
    return new Map()
  }
}

/** Writes the file as a whole, or not at all. A folder that cannot be written, or that is another's, is no failure. */
export function writeKept(file: string, kept: ReadonlyMap<string, Buffer>): void {
  const folder = dirname(file)
  const part = `${file}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isOurs(folder)) return
    const old = Date.now() - daysKept * 24 * 3600 * 1000
    for (const name of readdirSync(folder)) {
      if (statSync(join(folder, name)).mtimeMs < old) rmSync(join(folder, name), { force: true })
    }
    const sizes = JSON.stringify(Array.from(kept, ([key, { length }]) => [key, length]))
    const head = Buffer.alloc(aligned(Buffer.byteLength(sizes) + 1), ' ')
    head.write(sizes)
    head.write('\n', head.length - 1)
    const padded = Array.from(kept.values(), (data) => [data, Buffer.alloc(aligned(data.length) - data.length)])
    writeFileSync(part, Buffer.concat([head, ...padded.flat()]), { mode: 0o600 })
    renameSync(part, file)
  } catch {
    // Compiled again next time. What was begun goes, if it was.
    rmSync(part, { force: true })
  }
}

const aligned = (size: number): number => Math.ceil(size / alignment) * alignment

function isOurs(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.uid === process.geteuid?.() && (found.mode & 0o022) === 0
}
