import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle, fileWith, guest } from './run.ts'

function run(args: readonly string[], cache: string, env: NodeJS.ProcessEnv = {}, program = bundle()): string {
  const all = { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache, ...env }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env: all })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const help = (cache: string, env?: NodeJS.ProcessEnv) => run(['--help'], cache, env)

const newCache = () => mkdtempSync(join(tmpdir(), 'domxml-cache-'))
const made = (cache: string) => readdirSync(cache)

const folderOf = (cache: string) => join(cache, 'domxml/compiled')

/** The one file of compiled code. */
function kept(cache: string): string {
  const names = readdirSync(folderOf(cache))
  expect(names).toHaveLength(1)
  return join(folderOf(cache), names[0]!)
}

/** A time long before any file here is written, by which one that was written again is told. */
const before = new Date(Date.now() - 24 * 3600 * 1000)

describe('compiled code', () => {
  test('is kept, and used by the next run, which writes nothing', () => {
    const cache = newCache()
    const first = help(cache)
    const file = kept(cache)
    const content = readFileSync(file)
    expect(content.includes('"main.cjs-')).toBe(true)
    utimesSync(file, before, before)
    expect(help(cache)).toBe(first)
    expect(kept(cache)).toBe(file)
    expect(statSync(file).mtime).toEqual(before)
    expect(readFileSync(file)).toEqual(content)
  })

  test('is taken by the threads beside the first', { timeout: 60_000 }, () => {
    const cache = newCache()
    const folder = mkdtempSync(join(tmpdir(), 'domxml-many-'))
    for (let number = 0; number < 320; number++) writeFileSync(join(folder, `${number}.xml`), guest())
    // Loaded by every thread: tells what the engine refuses.
    const watch = fileWith(`const vm = require('node:vm'), { isMainThread } = require('node:worker_threads')
      vm.Script = class extends vm.Script { constructor(...given) { super(...given)
        if (this.cachedDataRejected) require('node:fs').writeSync(2, given[1].filename + ' ')
        else if (!isMainThread && given[1].cachedData) require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'seen'))}, '') } }`)
    const args = ['lint', '--quiet', '--no-config', '--workers', '1', folder]
    run(args, cache)
    run(args, cache, { NODE_OPTIONS: `--require ${watch}` })
    expect(readdirSync(folder)).toContain('seen')
    rmSync(folder, { recursive: true })
  })

  test('gains the chunks that only a later run loads', () => {
    const cache = newCache()
    const file = fileWith(guest())
    run(['lint', '--quiet', '--no-config', file], cache)
    const bare = readFileSync(kept(cache))
    run(['lint', '--quiet', '--config', fileWith('rules: {}\n', 'domxml.yaml'), file], cache)
    const both = readFileSync(kept(cache))
    expect(both.length).toBeGreaterThan(bare.length)
    expect(both.includes('"config-file-')).toBe(true)
    expect(both.includes('"main.cjs-')).toBe(true)
  })

  test('starts workers, too', () => {
    const cache = newCache()
    // So large a file is kept away from the run itself.
    const file = fileWith(guest({ rest: `<!-- ${'-_'.repeat(600_000)} -->` }))
    const first = run(['lint', '--quiet', '--no-config', file], cache)
    expect(readFileSync(kept(cache)).includes('"run-')).toBe(true)
    expect(run(['lint', '--quiet', '--no-config', file], cache)).toBe(first)
  })

  test('is started by the name of the module, too', () => {
    const [program, cache] = [bundle().replace(/domxml\.cjs$/, 'main.js'), newCache()]
    const env = { ...process.env, XDG_CACHE_HOME: cache }
    const { status, stdout } = spawnSync(process.execPath, [program, '--help'], { encoding: 'utf8', env })
    expect({ status, stdout }).toEqual({ status: 0, stdout: help(cache) })
  })

  test.each([0, 100, 100_000])('that is cut off after %i bytes is made again', (length) => {
    const cache = newCache()
    const first = help(cache)
    const file = kept(cache)
    const { size } = statSync(file)
    truncateSync(file, length)
    expect(help(cache)).toBe(first)
    expect(statSync(file).size).toBeGreaterThan(size / 2)
  })

  test('whose bytes are of something else is made again', () => {
    const cache = newCache()
    const first = help(cache)
    const file = kept(cache)
    for (const text of ['', 'nonsense\n', '[["main.cjs",-1]]\n', '{}\n']) {
      writeFileSync(file, text)
      expect(help(cache)).toBe(first)
      expect(readFileSync(file).includes('"main.cjs-')).toBe(true)
    }
  })

  test('in a folder that others may write is neither read nor written', () => {
    const cache = newCache()
    const first = help(cache)
    const file = kept(cache)
    writeFileSync(file, 'of another')
    chmodSync(folderOf(cache), 0o777)
    expect(help(cache)).toBe(first)
    expect(readFileSync(file, 'utf8')).toBe('of another')
  })

  test('in a file that others may write is not read, but made again', () => {
    const cache = newCache()
    const first = help(cache)
    const file = kept(cache)
    chmodSync(file, 0o666)
    utimesSync(file, before, before)
    expect(help(cache)).toBe(first)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(file).mtimeMs).toBeGreaterThan(before.getTime() + 1000)
  })

  test('stands for the files of its build, and for no other', () => {
    const [copy, cache] = [mkdtempSync(join(tmpdir(), 'domxml-copy-')), newCache()]
    cpSync(dirname(bundle()), copy, { recursive: true })
    const program = join(copy, 'domxml.cjs')
    const first = run(['--help'], cache, {}, program)
    const file = kept(cache)
    const [head = ''] = readFileSync(file, 'utf8').split('\n', 1)
    const names = (JSON.parse(head) as [string, [string][]])[1].map(([name]) => name)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) if (name !== 'main.cjs') rmSync(join(copy, name))
    expect(run(['--help'], cache, {}, program)).toBe(first)
    utimesSync(file, before, before)
    cpSync(dirname(bundle()), copy, { recursive: true })
    utimesSync(join(copy, 'main.cjs'), before, before)
    expect(run(['--help'], cache, {}, program)).toBe(first)
    expect(statSync(file).mtimeMs).toBeGreaterThan(before.getTime() + 1000)
  })

  test('that nobody wrote for a month goes', () => {
    const cache = newCache()
    help(cache)
    const file = kept(cache)
    const longAgo = new Date(Date.now() - 31 * 24 * 3600 * 1000)
    writeFileSync(join(folderOf(cache), 'gone'), '')
    utimesSync(join(folderOf(cache), 'gone'), longAgo, longAgo)
    truncateSync(file, 0)
    help(cache)
    expect(kept(cache)).toBe(file)
  })

  test('of one command is not that of another, and a wrong word leaves none', () => {
    const cache = newCache()
    help(cache)
    const file = kept(cache)
    const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, XDG_CACHE_HOME: cache }
    expect(spawnSync(process.execPath, [bundle(), 'nonsense'], { env }).status).toBe(2)
    expect(kept(cache)).toBe(file)
    run(['capabilities', 'list'], cache)
    expect(readdirSync(folderOf(cache))).toHaveLength(2)
  })

  test('is not kept where Node is told to keep none', () => {
    const cache = newCache()
    help(cache, { NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(made(cache)).toEqual([])
  })
})
