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

/** Of a chunk: the text that was compiled, and what the engine made of it. */
export interface Kept {
  readonly source: Buffer
  readonly code: Buffer
}

/**
 * What a file keeps of the chunks of a build, by their names: one read, where a file for each chunk would cost a start
 * several times as much. Nothing where it is not there, is cut off, is of another build, or is another's: what another may
 * write is not run.
 */
export function readKept(file: string, build: string): Map<string, Kept> {
  const kept = new Map<string, Kept>()
  try {
    if (!isOurs(dirname(file)) || !isOurs(file)) return kept
    const bytes = readFileSync(file)
    const headEnd = bytes.indexOf('\n') + 1
    const [of, sizes] = JSON.parse(bytes.toString('utf8', 0, headEnd)) as Head
    if (of !== build) return kept
    let at = headEnd
    const next = (size: number) => {
      const part = bytes.subarray(at, at + size)
      at += aligned(size)
      return part
    }
    for (const [name, source, code] of sizes) kept.set(name, { source: next(source), code: next(code) })
    return at === bytes.length ? kept : new Map()
  } catch {
    return new Map()
  }
}

/** Writes the file as a whole, or not at all. A folder that cannot be written, or that is another's, is no failure. */
export function writeKept(file: string, build: string, kept: ReadonlyMap<string, Kept>): void {
  const folder = dirname(file)
  const part = `${file}.${process.pid}`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isOurs(folder)) return
    const old = Date.now() - daysKept * 24 * 3600 * 1000
    for (const name of readdirSync(folder)) {
      if (statSync(join(folder, name)).mtimeMs < old) rmSync(join(folder, name), { force: true })
    }
    const sizes: Head = [build, Array.from(kept, ([name, { source, code }]) => [name, source.length, code.length])]
    const text = JSON.stringify(sizes)
    const head = Buffer.alloc(aligned(Buffer.byteLength(text) + 1), ' ')
    head.write(text)
    head.write('\n', head.length - 1)
    const parts = Array.from(kept.values(), ({ source, code }) => [source, code]).flat()
    const padded = parts.flatMap((data) => [data, Buffer.alloc(aligned(data.length) - data.length)])
    writeFileSync(part, Buffer.concat([head, ...padded]), { mode: 0o600 })
    renameSync(part, file)
  } catch {
    // Compiled again next time. What was begun goes, if it was.
    rmSync(part, { force: true })
  }
}

/** The build, and for each chunk its name and the bytes of its text and code. */
type Head = [string, [name: string, source: number, code: number][]]

const aligned = (size: number): number => Math.ceil(size / alignment) * alignment

function isOurs(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.uid === process.geteuid?.() && (found.mode & 0o022) === 0
}
