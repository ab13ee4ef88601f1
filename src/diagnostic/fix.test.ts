import { describe, expect, test } from 'vitest'
import { applyEdits, applyFixes, type Edit, type Fix } from './fix.ts'

const edit = (start: number, end: number, text: string): Edit => ({ span: { start, end }, text })
const fix = (title: string, ...edits: Edit[]): Fix => ({ title, edits, safe: true })

describe('edits', () => {
  test('come in any order and touch nothing else', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'E'), edit(0, 1, 'A'), edit(3, 3, '+')])).toBe('Abc+dEf')
  })

  test.each([
    ['overlap', [edit(0, 3, ''), edit(2, 4, '')]],
    ['insert twice at one place', [edit(1, 1, 'x'), edit(1, 1, 'y')]],
    ['reach outside', [edit(5, 9, '')]],
    ['end before they start', [edit(3, 2, '')]],
  ])('that %s are refused', (_, edits) => {
    expect(() => applyEdits('abcdef', edits)).toThrow(RangeError)
  })
})

describe('fixes', () => {
  test('of two that touch, the first is applied and the second is left whole', () => {
    const first = fix('first', edit(1, 3, 'X'))
    const second = fix('second', edit(2, 4, 'Y'), edit(5, 6, 'Z'))
    const third = fix('third', edit(3, 4, '!'), edit(0, 1, '?'))
    expect(applyFixes('abcdef', [first, second, third])).toEqual({
      text: '?X!ef',
      applied: [first, third],
      left: [second],
    })
  })

  test('that do nothing or are broken in themselves are left', () => {
    const nothing = fix('nothing')
    const broken = fix('broken', edit(0, 2, 'x'), edit(1, 2, 'y'))
    expect(applyFixes('abc', [nothing, broken])).toEqual({ text: 'abc', applied: [], left: [nothing, broken] })
  })

  test('several of one fix land among those of another', () => {
    const outer = fix('outer', edit(0, 1, '<'), edit(5, 6, '>'))
    const inner = fix('inner', edit(2, 3, '['), edit(3, 4, ']'))
    expect(applyFixes('abcdef', [outer, inner]).text).toBe('<b[]e>')
  })
})
