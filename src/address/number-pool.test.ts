import { expect, test } from 'vitest'
import { NumberPool } from './number-pool.ts'

const a = { id: 'a' }
const b = { id: 'b' }

test('hands out the lowest free number, from where it is asked to', () => {
  const pool = new NumberPool(0, 9)
  pool.reserve(1, a)
  expect([pool.take(b), pool.take(b), pool.take(b, 5), pool.take(b)]).toEqual([0, 2, 5, 3])
})

test('says who holds a number, and changes nothing then', () => {
  const pool = new NumberPool(0, 9)
  expect(pool.reserve(1, a)).toBeUndefined()
  expect(pool.reserve(1, b)).toBe(a)
  expect(pool.holder(1)).toBe(a)
})

test('steps, and runs out', () => {
  const pool = new NumberPool(0, 0x2000, 0x1000)
  expect([pool.take(a, 0x1000), pool.take(a, 0x1000), pool.take(a, 0x1000)]).toEqual([0x1000, 0x2000, undefined])
})

test('a released number is handed out again', () => {
  const pool = new NumberPool(0, 9)
  pool.take(a)
  pool.take(a)
  pool.take(a)
  pool.release(1)
  expect(pool.holder(1)).toBeUndefined()
  expect([pool.take(b), pool.take(b)]).toEqual([1, 3])
})
