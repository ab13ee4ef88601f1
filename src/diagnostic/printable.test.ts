import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printable, printableFinding, unsteeredJson } from './printable.ts'

describe('printable', () => {
  test.each([
    ['a\nb', 'a\\nb'],
    ['\u001b[31mred', '\\u{001b}[31mred'],
    ['\u0085\u009b', '\\u{0085}\\u{009b}'],
    ['\u202egpj.exe', '\\u{202e}gpj.exe'],
    ['tab\there', 'tab\\there'],
    ['plain, ä 日本', 'plain, ä 日本'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })

  test('a long word is cut, the rest of the sentence stays', () => {
    expect(printable(`no machine ${'A'.repeat(5000)}.`)).toBe(`no machine ${'A'.repeat(200)}…`)
  })

  test('nothing steers, whatever is given', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'a \n\u001b\u0085\u202e\u2028\u{e0001}é'), { maxLength: 300 }),
        (pieces) => {
          const text = pieces.join('')
          expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
        },
      ),
    )
  })

  test('all texts of a finding', () => {
    const found = printableFinding({
      code: 'a/b',
      severity: 'error',
      message: 'x\ny',
      hint: 'two\nlines\u001b',
      related: [{ message: '\r', span: undefined }],
    })
    expect(found).toMatchObject({ message: 'x\\ny', hint: 'two\nlines\\u{001b}', related: [{ message: '\\r' }] })
  })
})

test('JSON whose texts steer nothing is the same JSON', () => {
  const value = { 'a\u009b': ['\u0085', '\u2028', '\u{e0001}', '\n', 'é 日'] }
  const shown = unsteeredJson(JSON.stringify(value, null, 2))
  expect(JSON.parse(shown)).toEqual(value)
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
})
