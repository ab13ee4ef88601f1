import { describe, expect, test } from 'vitest'
import { codeFrame, type FrameOptions } from './frame.ts'
import { LineIndex } from './position.ts'

function frame(text: string, what: string, options?: FrameOptions): string {
  const start = text.indexOf(what)
  return codeFrame(new LineIndex(text), { start, end: start + what.length }, options)
}

describe('codeFrame', () => {
  test('marks the span between two lines before and after', () => {
    expect(frame('one\ntwo\nthree\nfour bad five\nsix\nseven\neight', 'bad')).toBe(
      ['  2 | two', '  3 | three', '> 4 | four bad five', '    |      ^^^', '  5 | six', '  6 | seven'].join('\n'),
    )
  })

  test('lines up numbers of different length', () => {
    const text = Array.from({ length: 10 }, (_, line) => `line ${line + 1}`).join('\n')
    expect(frame(text, 'line 9', { context: 1 })).toBe(
      ['   8 | line 8', '>  9 | line 9', '     | ^^^^^^', '  10 | line 10'].join('\n'),
    )
  })

  test('an empty span, also at the end of the text, has one caret', () => {
    expect(codeFrame(new LineIndex('ab'), { start: 2, end: 2 })).toBe('> 1 | ab\n    |   ^')
    expect(codeFrame(new LineIndex(''), { start: 0, end: 0 })).toBe('> 1 |\n    | ^')
  })

  test('a span of several lines is marked on its first', () => {
    expect(frame('a <b\nc> d', '<b\nc>')).toBe('> 1 | a <b\n    |   ^^\n  2 | c> d')
  })

  test('tabs, wide and combining characters keep the caret in place', () => {
    expect(frame('\tx', 'x')).toBe('> 1 |     x\n    |     ^')
    expect(frame('a\tx', 'x')).toBe('> 1 | a   x\n    |     ^')
    expect(frame('日本x', 'x')).toBe('> 1 | 日本x\n    |     ^')
    expect(frame('\u{1f600}x', 'x')).toBe('> 1 | \u{1f600}x\n    |   ^')
    expect(frame('e\u0301x', 'x')).toBe('> 1 | e\u0301x\n    |  ^')
    expect(frame('a日b', '日')).toBe('> 1 | a日b\n    |  ^^')
  })

  test('shows nothing that would steer a terminal', () => {
    expect(frame('\u001b[31m\u202ex', 'x')).toBe('> 1 | \uFFFD[31m\uFFFDx\n    |       ^')
  })

  test('cuts long lines around the span', () => {
    const text = `${'a'.repeat(200)}\n${'b'.repeat(100)}bad${'c'.repeat(100)}\nshort`
    expect(frame(text, 'bad', { width: 20 })).toBe(
      [
        `  1 | …${'a'.repeat(20)}…`,
        `> 2 | …${'b'.repeat(10)}bad${'c'.repeat(7)}…`,
        `    | ${' '.repeat(11)}^^^`,
        '  3 | …',
      ].join('\n'),
    )
    expect(frame('x'.repeat(200), 'x'.repeat(200), { width: 20 })).toBe(
      `> 1 | ${'x'.repeat(20)}…\n    | ${'^'.repeat(20)}`,
    )
  })

  test('never cuts a character in two', () => {
    const text = `${'\u{1f600}'.repeat(60)}bad${'\u{1f600}'.repeat(60)}`
    for (const width of [20, 21, 22, 23]) expect(frame(text, 'bad', { width })).not.toContain('\uFFFD')
  })
})
