import { expect, test } from 'vitest'
import { threadsFor } from './workers.ts'

test('no more threads than processors, files and the user allow', () => {
  expect(threadsFor(10_000, 99, 8)).toBe(7)
  expect(threadsFor(10_000, 3, 8)).toBe(3)
  expect(threadsFor(320, 99, 64)).toBe(5)
})

test('a large file has a thread beside the first, wherever one may be', () => {
  expect(threadsFor(1, 99, 1)).toBe(1)
  expect(threadsFor(1, 0, 8)).toBe(0)
})
