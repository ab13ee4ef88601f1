import { createHash } from 'node:crypto'
import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { version } from '../../version.ts'
import type { Capabilities } from '../capabilities.ts'
import { printCapabilities, readCapabilities } from '../file.ts'
import { writeWhole } from './write-whole.ts'

/** Where probed tables are kept: under XDG_CACHE_HOME, by default `~/.cache`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache')
  return join(base, 'domxml', 'capabilities')
}

/**
 * The file in which the table of a binary is kept. Its name changes with the binary's path, size and time of change and
 * with our version, so that a table is never used for another build. Undefined where the binary cannot be looked at.
 */
export async function cacheFile(binary: string, folder: string = cacheFolder()): Promise<string | undefined> {
  try {
    const path = await realpath(binary)
    const { size, mtimeMs } = await stat(path)
    const key = createHash('sha256')
      .update(JSON.stringify([path, size, mtimeMs, version]))
      .digest('hex')
    return join(folder, `${key}.json`)
  } catch {
    return undefined
  }
}

/** The table kept in a cache file; undefined where there is none, or one that cannot be read. */
export async function fromCache(file: string): Promise<Capabilities | undefined> {
  try {
    return readCapabilities(await readFile(file, 'utf8')).capabilities
  } catch {
    return undefined
  }
}

/** Keeps a table. A cache that cannot be written is no failure: the next probe asks again. */
export async function intoCache(file: string, capabilities: Capabilities): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true })
    await writeWhole(file, printCapabilities(capabilities.table))
  } catch {
    // Asked again next time.
  }
}
