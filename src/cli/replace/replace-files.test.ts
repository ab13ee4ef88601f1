import { spawnSync } from 'node:child_process'
import fs, {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recover } from './interrupted.ts'
import { replaceFiles } from './replace-files.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const names = ['a', 'b', 'sub/c']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domxml-replace-'))
  mkdirSync(join(folder, 'sub'))
  for (const name of names) writeFileSync(join(folder, name), `old ${name}`)
})
afterEach(() => rmSync(folder, { recursive: true }))

function contents(): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name !== 'sub')
  return all.sort().map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8')}`)
}

const old = names.map((name) => `${name}: old ${name}`)
const replaced = names.map((name) => `${name}: new ${name}`)
const paths = () => names.map((name) => join(folder, name))
const all = () =>
  names.map((name) => ({ path: join(folder, name), before: bytes(`old ${name}`), after: bytes(`new ${name}`) }))

/** Renames until the one with this number. */
const failingAt = (failing: number): typeof renameSync => {
  let count = 0
  return (from, to) => {
    if (count++ === failing) throw new Error('disk gone')
    renameSync(from, to)
  }
}

test('all are replaced, and nothing else is left', () => {
  replaceFiles(all())
  expect(contents()).toEqual(replaced)
  expect(recover(paths())).toEqual([])
})

describe('none is replaced', () => {
  test('where a file is gone', () => {
    const gone = { path: join(folder, 'gone'), before: bytes(''), after: bytes('') }
    expect(() => replaceFiles([...all(), gone])).toThrow('ENOENT')
    expect(contents()).toEqual(old)
  })

  test('where a file has changed since it was read', () => {
    writeFileSync(join(folder, 'b'), 'newer')
    expect(() => replaceFiles(all())).toThrow('changed by somebody else')
    expect(contents()).toEqual([old[0], 'b: newer', old[2]])
  })

  test('where a file has several names', () => {
    linkSync(join(folder, 'b'), join(folder, 'd'))
    expect(() => replaceFiles(all())).toThrow('hard links')
    expect(contents()).toEqual([...old.slice(0, 2), 'd: old b', old[2]])
  })

  test.each([0, 1, 2])('where rename %d fails', (failing) => {
    expect(() => replaceFiles(all(), { rename: failingAt(failing) })).toThrow('disk gone')
    expect(contents()).toEqual(old)
  })
})

const writing = ['openSync', 'writeSync', 'renameSync', 'linkSync', 'rmSync', 'fsyncSync', 'fchmodSync'] as const

/** Does something in a process that ends at its write number `last`: from there on nothing reaches the disk. */
function endingAt(last: number, work: () => void): boolean {
  const kept = writing.map((name) => [name, fs[name]] as const)
  let count = 0
  for (const [name, real] of kept) {
    Object.assign(fs, {
      [name]: (...args: never[]) => {
        if (++count > last) throw new Error('ended')
        return (real as (...args: never[]) => unknown)(...args)
      },
    })
  }
  syncBuiltinESMExports()
  try {
    work()
  } catch {
    // The process is gone.
  } finally {
    Object.assign(fs, Object.fromEntries(kept))
    syncBuiltinESMExports()
  }
  return count > last
}

describe('a process that ends at any moment', () => {
  test.each([
    ['a run', undefined],
    ['a run that takes two files back', 2],
  ])('%s: the next one finishes or undoes all of it', (_, failing) => {
    const outcomes = new Set<string>()
    for (let last = 0; ; last++) {
      names.forEach((name) => void writeFileSync(join(folder, name), `old ${name}`))
      const work = () => replaceFiles(all(), failing === undefined ? {} : { rename: failingAt(failing) })
      const ended = endingAt(last, work)
      if (!ended) break
      recover(paths().slice(-1))
      recover(paths())
      const left = contents()
      expect([old, replaced], `after ${last} writes`).toContainEqual(left)
      outcomes.add(left[0] ?? '')
    }
    expect(outcomes.size).toBe(2)
  })

  test('what somebody changed meanwhile stays, and is told', () => {
    let last = 0
    const isHalf = () =>
      readFileSync(join(folder, 'a'), 'utf8') === 'new a' && readFileSync(join(folder, 'b'), 'utf8') === 'old b'
    for (; !isHalf(); last++) {
      recover(paths())
      names.forEach((name) => void writeFileSync(join(folder, name), `old ${name}`))
      endingAt(last, () => replaceFiles(all()))
    }
    writeFileSync(join(folder, 'b'), 'mine')
    expect(recover(paths())).toMatchObject([{ how: 'finished', changed: [join(folder, 'b')] }])
    expect(contents()).toEqual([replaced[0], 'b: mine', replaced[2]])
  })
})

describe('a journal is left alone', () => {
  const journal = (process: number) =>
    JSON.stringify({ state: 'replacing', process, files: [{ target: join(folder, 'a'), before: '', after: '' }] })
  const path = () => join(folder, '.domxml-journal')

  test('while the process is at it', () => {
    writeFileSync(path(), journal(process.ppid), { mode: 0o600 })
    expect(() => recover(paths())).toThrow('is replacing files')
    expect(() => replaceFiles(all())).toThrow('EEXIST')
  })

  test.each([
    ['that others may write', () => journal(1), 0o666],
    ['that is none', () => '{', 0o600],
    ['of another form', () => '{"files":[]}', 0o600],
  ])('%s', (_, text, mode) => {
    writeFileSync(path(), text())
    fs.chmodSync(path(), mode)
    expect(() => recover(paths())).toThrow('no journal of a run of yours')
  })
})

test('mode and extended attributes stay', ({ skip }) => {
  const python = (code: string) => spawnSync('python3', ['-c', code, join(folder, 'a')], { encoding: 'utf8' })
  const set = python("import os, sys; os.setxattr(sys.argv[1], 'user.domxml', b'kept')")
  if (set.error !== undefined || set.status !== 0) return skip('SKIPPED: no python3, or no extended attributes here')
  fs.chmodSync(join(folder, 'a'), 0o640)
  replaceFiles(all())
  expect(python("import os, sys; print(os.getxattr(sys.argv[1], 'user.domxml'))").stdout).toBe("b'kept'\n")
  expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o640)
})

test('where attributes cannot be kept, nothing is replaced but what need not keep them', () => {
  const { PATH } = process.env
  process.env.PATH = folder
  try {
    expect(() => replaceFiles(all())).toThrow('extended attributes')
    expect(contents()).toEqual(old)
    replaceFiles(all(), { attributes: 'kept-if-possible' })
    expect(contents()).toEqual(replaced)
  } finally {
    process.env.PATH = PATH
  }
})

test('a signal ends the process behind the replacement, not in it', () => {
  const module = fileURLToPath(new URL('replace-files.ts', import.meta.url))
  const code = `
    import { renameSync } from 'node:fs'
    import { replaceFiles } from ${JSON.stringify(module)}
    const files = ${JSON.stringify(names)}.map((name) => ({
      path: ${JSON.stringify(folder)} + '/' + name, before: Buffer.from('old ' + name), after: Buffer.from('new ' + name),
    }))
    replaceFiles(files, { rename: (from, to) => { process.kill(process.pid, 'SIGTERM'); renameSync(from, to) } })
    setTimeout(() => {}, 60000)`
  const { signal } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  })
  expect(signal).toBe('SIGTERM')
  expect(contents()).toEqual(replaced)
})
