import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { readKept, writeKept } from './compiled-file.ts'
import { status } from './status.ts'

interface Loaded {
  exports: unknown
}
type Chunk = (exports: unknown, require: (name: string) => unknown, module: Loaded, file: string, dir: string) => void

const head = '(function (exports, require, module, __filename, __dirname) {'
/** What code of ours, loaded so, cannot do is to import packages: Node loads the chunk that does it. */
const importing = './pool.cjs'

/**
 * Loads a chunk of the bundle, and what it requires, with the code that the engine compiled in an earlier run: most of a
 * short run would be compiling. Code that was not there is kept as the process ends, with all functions that were called
 * by then. The engine refuses code of another version or other flags; code of another chunk has another name.
 * @param keeps false in a thread beside the first, which keeps nothing
 */
export function loadCompiled(dir: string, entry: string, file: string | undefined, keeps = true): unknown {
  const loaded = new Map<string, Loaded>()
  const kept = file === undefined ? new Map<string, Buffer>() : readKept(file)
  const fresh = new Map<string, Script>()
  const outside = createRequire(join(dir, entry))
  const load = (name: string): unknown => {
    const already = loaded.get(name)
    if (already) return already.exports
    const module: Loaded = { exports: {} }
    loaded.set(name, module)
    const path = join(dir, name)
    const key = keyOf(dir, name) ?? name
    const cachedData = kept.get(key)
    const script = new Script(`${head}${readFileSync(path, 'utf8')}\n})`, {
      filename: path,
      columnOffset: -head.length,
      cachedData,
    })
    if (cachedData === undefined || script.cachedDataRejected) fresh.set(key, script)
    const chunk = script.runInThisContext() as Chunk
    chunk.call(module.exports, module.exports, require, module, path, dir)
    return module.exports
  }
  const require = (name: string): unknown =>
    name.startsWith('./') && name !== importing ? load(name.slice(2)) : outside(name)
  if (file !== undefined && keeps) {
    process.once('exit', (code) => {
      // A word that is no command gets no file.
      if (fresh.size === 0 || code === status.usage) return
      const still = [...kept].filter(([key]) => keyOf(dir, key.replace(/-\d+-\d+$/, '')) === key)
      const made = Array.from(fresh, ([key, script]) => [key, script.createCachedData()] as const)
      writeKept(file, new Map([...still, ...made]))
    })
  }
  return load(entry)
}

/** The name of what is kept of a chunk: its code changes if its size or time does. Undefined where there is no such chunk. */
function keyOf(dir: string, name: string): string | undefined {
  const found = statSync(join(dir, name), { throwIfNoEntry: false })
  return found && `${name}-${found.size}-${Math.trunc(found.mtimeMs)}`
}
