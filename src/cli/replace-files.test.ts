import { linkSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replaceFiles } from './replace-files.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const names = ['a', 'b', 'c']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domxml-replace-'))
  for (const name of names) writeFileSync(join(folder, name), `old ${name}`)
})
afterEach(() => rmSync(folder, { recursive: true }))

const contents = () => readdirSync(folder).map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8')}`)
const old = names.map((name) => `${name}: old ${name}`)
const all = () =>
  names.map((name) => ({ path: join(folder, name), before: bytes(`old ${name}`), after: bytes(`new ${name}`) }))

test('all are replaced, and nothing else is left', () => {
  replaceFiles(all())
  expect(contents()).toEqual(names.map((name) => `${name}: new ${name}`))
})

test('a file that is gone: none is replaced', () => {
  const gone = { path: join(folder, 'gone'), before: bytes(''), after: bytes('') }
  expect(() => replaceFiles([...all(), gone])).toThrow('ENOENT')
  expect(contents()).toEqual(old)
})

test('a file that has changed since it was read: none is replaced', () => {
  writeFileSync(join(folder, 'c'), 'newer')
  expect(() => replaceFiles(all())).toThrow('changed by somebody else')
  expect(contents()).toEqual([...old.slice(0, 2), 'c: newer'])
})

test.each([0, 1, 2])('rename %d fails: those before are taken back', (failing) => {
  let count = 0
  const rename: typeof renameSync = (from, to) => {
    if (count++ === failing) throw new Error('disk gone')
    renameSync(from, to)
  }
  expect(() => replaceFiles(all(), rename)).toThrow('disk gone')
  expect(contents()).toEqual(old)
})

test('a file with several names: none is replaced', () => {
  linkSync(join(folder, 'b'), join(folder, 'd'))
  expect(() => replaceFiles(all())).toThrow('hard links')
  expect(contents()).toEqual([...old, 'd: old b'])
})
