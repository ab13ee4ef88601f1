import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readXml } from '../../src/xml/read.ts'
import { printSubtree } from '../../src/xml/subtree.ts'
import { elementsOf } from '../../src/xml/tree.ts'
import { nearlyWellFormed, printed } from './documents.ts'

const installed = spawnSync('xmllint', ['--version']).status === 0
if (!installed) console.warn('skipped: xmllint is not installed (Debian: libxml2-utils)')

// One process reads many documents: that is what makes a thousand of them cheap.
describe.skipIf(!installed)('against libxml2', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'domxml-xmllint-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function xmllint(options: string[], files: string[], input = ''): { stdout: string; stderr: string } {
    const run = spawnSync('xmllint', ['--nonet', ...options, ...files], { cwd: folder, input, encoding: 'utf8' })
    if (run.error !== undefined) throw run.error
    return run
  }

  test('accepts and refuses the same documents', () => {
    const documents = fc.sample(nearlyWellFormed, 1000)
    documents.forEach((document, index) => {
      writeFileSync(join(folder, `${index}`), document)
    })
    const { stderr } = xmllint(['--noout'], [...documents.keys()].map(String))
    const refused = new Set(Array.from(stderr.matchAll(/^(\d+):\d+: parser error/gm), (line) => Number(line[1])))
    expect(refused.size).toBeGreaterThan(100)
    const judgedOtherwise = documents.filter((text, index) => (readXml(text).root === undefined) !== refused.has(index))
    expect(judgedOtherwise).toEqual([])
  })

  test('prints subtrees alike', () => {
    const document = `<r>\n${fc.sample(printed, 400).join('\n')}\n</r>`
    writeFileSync(join(folder, 'document'), document)
    const subtrees = elementsOf(readXml(document).root!)
    const commands = subtrees.map((_, index) => `cat /r/*[${index + 1}]\n`).join('')
    const { stdout } = xmllint(['--noblanks', '--shell'], ['document'], commands)
    const theirs = stdout.split('/ >  -------\n').slice(1)
    expect(theirs.length).toBe(subtrees.length)
    const printedOtherwise = subtrees
      .map((subtree, index) => [printSubtree(subtree, 0), theirs[index]!.replace(/\n(\/ > )?$/, '')])
      .filter(([ours, theirs]) => ours !== theirs)
    expect(printedOtherwise).toEqual([])
  })
})
