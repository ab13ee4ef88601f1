import { beforeEach, describe, expect, test, vi } from 'vitest'
import { readXml } from './read.ts'

const parsed = vi.hoisted(() => ({ edit: (text: string) => text }))

/** The parser reads another text than the scan: as if one of the two were wrong. */
vi.mock('./parser.ts', async (original) => {
  const { parse, ...rest } = await original<typeof import('./parser.ts')>()
  return { ...rest, parse: (text: string, depth: number) => parse(parsed.edit(text), depth) }
})

describe('a parser that reads something else than the scan', () => {
  beforeEach(() => {
    parsed.edit = (text) => text
  })

  test('agrees where both read the same', () => {
    expect(readXml('<a><b/>text</a>').diagnostics).toEqual([])
  })

  test.each<[string, (text: string) => string]>([
    ['sees no root', () => ''],
    ['loses an element', (text) => text.replace('<b/>', '    ')],
    ['moves an element', (text) => text.replace('<b/>text', 'text<b/>')],
    ['loses a text at the end', (text) => text.replace('text', '')],
    ['finds one more', (text) => text.replace('text', '<c/>')],
    ['refuses', (text) => text.replace('</a>', '<a')],
  ])('%s: a finding, never a throw', (_, edit) => {
    parsed.edit = edit
    const { root, diagnostics } = readXml('<a><b/>text</a>')
    expect(root).toBeUndefined()
    expect(diagnostics.map(({ code }) => code)).toEqual(['xml/readers-disagree'])
  })
})
