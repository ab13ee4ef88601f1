import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LineIndex } from './position.ts'

describe('LineIndex', () => {
  test.each([
    ['', 0, 1, 1],
    ['ab', 1, 1, 2],
    ['ab', 2, 1, 3],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\r\nb', 3, 2, 1],
    ['a\rb', 2, 2, 1],
    ['a\n', 2, 2, 1],
    ['\u{1f600}b', 2, 1, 2],
    ['\u{1f600}b', 1, 1, 1],
    ['ab', -5, 1, 1],
    ['ab', 99, 1, 3],
  ])('%j at %i is line %i, column %i', (text, offset, line, column) => {
    expect(new LineIndex(text).position(offset)).toEqual({ line, column })
  })

  test('gives lines without their line ends', () => {
    const index = new LineIndex('a\r\nbc\n\nd\r')
    const lines = Array.from({ length: index.count }, (_, line) => index.line(line + 1))
    expect(lines.map(({ start, end }) => index.text.slice(start, end))).toEqual(['a', 'bc', '', 'd', ''])
    expect(() => index.line(6)).toThrow(RangeError)
  })

  test('answers do not depend on the questions before', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\t', '\u00e9', '\u{1f600}'), maxLength: 40 })
    fc.assert(
      fc.property(text, fc.array(fc.nat(80), { maxLength: 8 }), (text, offsets) => {
        const index = new LineIndex(text)
        for (const offset of offsets) {
          const lines = text.slice(0, offset).split(/\r\n|\r(?!\n)|\n/)
          const open = text.slice(0, offset).endsWith('\r') && text[offset] === '\n'
          const whole = open ? text.slice(0, offset - 1).split(/\r\n?|\n/) : lines
          const tail = whole.at(-1)! + (open ? '\r' : '')
          const half = /[\uD800-\uDBFF]$/.test(tail) ? 1 : 0
          expect(index.position(offset)).toEqual({ line: whole.length, column: [...tail].length + 1 - half })
        }
      }),
    )
  })
})
