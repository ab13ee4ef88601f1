import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { version } from '../version.ts'
import { status } from './status.ts'

interface Loaded {
  exports: unknown
}
type Chunk = (exports: unknown, require: (name: string) => unknown, module: Loaded, file: string, dir: string) => void

const head = '(function (exports, require, module, __filename, __dirname) {'
const daysKept = 30
/** What code of ours, loaded so, cannot do is to import packages: Node loads the chunk that does it. */
const importing = './pool.cjs'

/**
 * Where compiled code is kept: for each version of ours, of the engine, for each processor and command a folder of its own,
 * for what is kept of a chunk are the functions that its first process called. Undefined where NODE_DISABLE_COMPILE_CACHE
 * forbids it, as it forbids Node's own.
 * @param word the first of the command line; what is no name of a command shares one folder
 */
export function compiledFolder(word = '', env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE !== undefined) return undefined
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache')
  const command = /^[a-z]{1,20}$/.test(word) ? word : 'any'
  return join(base, 'domxml', `compiled-${version}-${process.versions.v8}-${process.arch}-${command}`)
}

/**
 * Loads a chunk of the bundle, and what it requires, with the code that the engine compiled in an earlier run: most of a
 * short run would be compiling. Code that was not there is kept as the process ends, with all functions that were called
 * by then. The engine refuses code of another version or other flags; code of another file has another name.
 */
export function loadCompiled(dir: string, entry: string, folder: string | undefined): unknown {
  const loaded = new Map<string, Loaded>()
  const fresh: { readonly kept: string; readonly script: Script }[] = []
  const outside = createRequire(join(dir, entry))
  const from = folder !== undefined && isOurs(folder) ? folder : undefined
  const load = (name: string): unknown => {
    const already = loaded.get(name)
    if (already) return already.exports
    const module: Loaded = { exports: {} }
    loaded.set(name, module)
    const file = join(dir, name)
    const { size, mtimeMs } = statSync(file)
    const kept = `${name}-${size}-${Math.trunc(mtimeMs)}`
    const cachedData = from === undefined ? undefined : readIfThere(join(from, kept))
    const script = new Script(`${head}${readFileSync(file, 'utf8')}\n})`, {
      filename: file,
      columnOffset: -head.length,
      cachedData,
    })
    if (cachedData === undefined || script.cachedDataRejected) fresh.push({ kept, script })
    const chunk = script.runInThisContext() as Chunk
    chunk.call(module.exports, module.exports, require, module, file, dir)
    return module.exports
  }
  const require = (name: string): unknown =>
    name.startsWith('./') && name !== importing ? load(name.slice(2)) : outside(name)
  if (folder !== undefined) {
    // A word that is no command gets no folder.
    process.once('exit', (code) => {
      if (code === status.usage) return
      keep(
        folder,
        fresh.map(({ kept, script }) => [kept, () => script.createCachedData()]),
      )
    })
  }
  return load(entry)
}

/** Writes what is not there yet. A folder that cannot be written, or that is another's, is no failure. */
function keep(folder: string, files: readonly (readonly [name: string, data: () => Buffer])[]): void {
  if (files.length === 0) return
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!isOurs(folder)) return
    const old = Date.now() - daysKept * 24 * 3600 * 1000
    for (const name of readdirSync(folder)) {
      if (statSync(join(folder, name)).mtimeMs < old) rmSync(join(folder, name), { force: true })
    }
    for (const [name, data] of files) {
      const part = join(folder, `${name}.${process.pid}`)
      writeFileSync(part, data())
      renameSync(part, join(folder, name))
    }
  } catch {
    // Compiled again next time.
  }
}

/** What another may write is not run. */
function isOurs(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.uid === process.geteuid?.() && (found.mode & 0o022) === 0
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}
