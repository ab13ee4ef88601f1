import { afterEach, expect, test, vi } from 'vitest'
import { blankOf } from './blank.ts'

const entries = new Map<string, unknown>([
  ['name', undefined],
  ['vf-token', 1n],
  ["it's", 'a\nb'],
  ['disk', undefined],
])
const wanted = { name: undefined, 'vf-token': 1n, "it's": 'a\nb', disk: [] }

afterEach(() => vi.unstubAllGlobals())

/** Enough of them that code of their own is worth it. */
const many = (): Record<string, unknown>[] => {
  const blank = blankOf(entries, new Set(['disk']))
  return Array.from({ length: 100 }, () => [blank.make.now(), blank.make.now(), filled(blank)]).flat()
}

function filled(blank: ReturnType<typeof blankOf>): Record<string, unknown> {
  const target: Record<string, unknown> = { own: 1 }
  blank.fill.now(target)
  return target
}

function checkAll(): void {
  const made = many()
  for (const object of made) {
    const { own: _, ...rest } = object
    expect(rest).toStrictEqual(wanted)
    expect(Object.keys(rest)).toEqual([...entries.keys()])
  }
  expect(new Set(made.map(({ disk }) => disk)).size).toBe(made.length)
}

test('every object has all keys in order, and lists of its own', () => {
  const compiled = vi.fn(Function)
  vi.stubGlobal('Function', compiled)
  checkAll()
  expect(compiled).toHaveBeenCalledTimes(2)
})

test('so it has where code from texts is forbidden, which is tried once for each', () => {
  const refused = vi.fn(() => {
    throw new EvalError('unsafe-eval is not allowed')
  })
  vi.stubGlobal('Function', refused)
  checkAll()
  expect(refused).toHaveBeenCalledTimes(2)
})
