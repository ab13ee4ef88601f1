import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle, fileWith, guest } from './run.ts'

function run(args: readonly string[], cache: string, env: NodeJS.ProcessEnv = {}): string {
  const all = { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache, ...env }
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle(), ...args], { encoding: 'utf8', env: all })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const help = (cache: string, env?: NodeJS.ProcessEnv) => run(['--help'], cache, env)

const newCache = () => mkdtempSync(join(tmpdir(), 'domxml-cache-'))
const made = (cache: string) => readdirSync(cache)

/** The one folder of compiled code, and its files. */
function kept(cache: string): { folder: string; files: string[] } {
  const folder = join(cache, 'domxml', readdirSync(join(cache, 'domxml'))[0]!)
  return { folder, files: readdirSync(folder).sort() }
}

/** A time long before any file here is written, by which one that was written again is told. */
const before = new Date(Date.now() - 24 * 3600 * 1000)

describe('compiled code', () => {
  test('is kept, and used by the next run, which writes nothing', () => {
    const cache = newCache()
    const first = help(cache)
    const { folder, files } = kept(cache)
    expect(files.some((name) => name.startsWith('main.cjs-'))).toBe(true)
    for (const name of files) utimesSync(join(folder, name), before, before)
    const content = files.map((name) => readFileSync(join(folder, name)))
    expect(help(cache)).toBe(first)
    expect(kept(cache).files).toEqual(files)
    expect(files.map((name) => readFileSync(join(folder, name)))).toEqual(content)
  })

  test('starts workers, too', () => {
    const cache = newCache()
    // So large a file is kept away from the run itself.
    const file = fileWith(guest({ rest: `<!-- ${'-_'.repeat(600_000)} -->` }))
    const first = run(['lint', '--quiet', '--no-config', file], cache)
    expect(kept(cache).files.some((name) => name.startsWith('run-'))).toBe(true)
    expect(run(['lint', '--quiet', '--no-config', file], cache)).toBe(first)
  })

  test('is started by the name of the module, too', () => {
    const [program, cache] = [bundle().replace(/domxml\.cjs$/, 'main.js'), newCache()]
    const env = { ...process.env, XDG_CACHE_HOME: cache }
    const { status, stdout } = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8', env })
    expect({ status, stdout }).toEqual({ status: 0, stdout: help(cache) })
  })

  test('that is cut off is made again', () => {
    const cache = newCache()
    const first = help(cache)
    const { folder, files } = kept(cache)
    for (const name of files) truncateSync(join(folder, name), 100)
    expect(help(cache)).toBe(first)
    for (const name of files) expect(readFileSync(join(folder, name)).length).toBeGreaterThan(100)
  })

  test('that others may write is neither read nor written', () => {
    const cache = newCache()
    const first = help(cache)
    const { folder, files } = kept(cache)
    for (const name of files) writeFileSync(join(folder, name), 'of another')
    chmodSync(folder, 0o777)
    expect(help(cache)).toBe(first)
    for (const name of files) expect(readFileSync(join(folder, name), 'utf8')).toBe('of another')
  })

  test('that nobody wrote for a month goes', () => {
    const cache = newCache()
    help(cache)
    const { folder, files } = kept(cache)
    const longAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000)
    writeFileSync(join(folder, 'gone.cjs'), '')
    utimesSync(join(folder, 'gone.cjs'), longAgo, longAgo)
    truncateSync(join(folder, files[0]!), 0)
    help(cache)
    expect(kept(cache).files).toEqual(files)
  })

  test('of one command is not that of another, and a wrong word leaves none', () => {
    const cache = newCache()
    help(cache)
    const { folder } = kept(cache)
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache }
    expect(spawnSync(process.execPath, [bundle(), 'nonsense'], { env }).status).toBe(2)
    expect(readdirSync(join(cache, 'domxml')).map((name) => join(cache, 'domxml', name))).toEqual([folder])
    run(['capabilities', 'list'], cache)
    expect(readdirSync(join(cache, 'domxml'))).toHaveLength(2)
  })

  test('is not kept where Node is told to keep none', () => {
    const cache = newCache()
    help(cache, { NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(made(cache)).toEqual([])
  })
})
