import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { type Kept, readKept, writeKept } from './compiled-file.ts'
import { status } from './status.ts'

interface Loaded {
  exports: unknown
}
type Chunk = (exports: unknown, require: (name: string) => unknown, module: Loaded, file: string, dir: string) => void

const head = '(function (exports, require, module, __filename, __dirname) {'
const first = 'main.cjs'

/**
 * Loads a chunk of the bundle, and what it requires, with the code that the engine compiled in an earlier run: most of a
 * short run would be compiling. Code that was not there is kept as the process ends, with all functions that were called
 * by then. The text of a chunk is kept with it: a start opens one file, not sixty. The engine refuses code of another
 * version or other flags; of another build nothing is used.
 * @param keeps false in a thread beside the first, which keeps nothing
 */
export function loadCompiled(dir: string, entry: string, file: string | undefined, keeps = true): unknown {
  const loaded = new Map<string, Loaded>()
  const build = buildOf(dir)
  const kept = file === undefined ? new Map<string, Kept>() : readKept(file, build)
  const fresh = new Map<string, { readonly source: string; readonly script: Script }>()
  const outside = createRequire(join(dir, entry))
  const load = (name: string): unknown => {
    const already = loaded.get(name)
    if (already) return already.exports
    const module: Loaded = { exports: {} }
    loaded.set(name, module)
    const path = join(dir, name)
    const known = kept.get(name)
    const source = known?.source.toString() ?? `${head}${readFileSync(path, 'utf8')}\n})`
    const script = new Script(source, { filename: path, columnOffset: -head.length, cachedData: known?.code })
    if (known === undefined || script.cachedDataRejected) fresh.set(name, { source, script })
    const chunk = script.runInThisContext() as Chunk
    chunk.call(module.exports, module.exports, require, module, path, dir)
    return module.exports
  }
  const require = (name: string): unknown => (name.startsWith('./') ? load(name.slice(2)) : outside(name))
  if (file !== undefined && keeps) {
    process.once('exit', (code) => {
      // A word that is no command gets no file.
      if (fresh.size === 0 || code === status.usage) return
      for (const [name, { source, script }] of fresh) {
        kept.set(name, { source: Buffer.from(source), code: script.createCachedData() })
      }
      writeKept(file, build, kept)
    })
  }
  return load(entry)
}

/** All chunks are loaded by the first, which names them; a name tells the content. */
function buildOf(dir: string): string {
  const { size, mtimeMs } = statSync(join(dir, first))
  return `${first}-${size}-${Math.trunc(mtimeMs)}`
}
