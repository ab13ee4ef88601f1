import { expect, test } from 'vitest'
import { assignDimm } from './dimm.ts'

test("the user's slots first, then the lowest free one", () => {
  const { addresses, problems } = assignDimm(4, [{ id: 'a' }, { id: 'b', slot: 0 }, { id: 'c' }])
  expect(problems).toEqual([])
  expect(Object.fromEntries(addresses)).toEqual({ a: 1, b: 0, c: 2 })
})

test('a slot in use, one that does not exist, and none left', () => {
  const { problems } = assignDimm(1, [{ id: 'a', slot: 0 }, { id: 'b', slot: 0 }, { id: 'c', slot: 1 }, { id: 'd' }])
  expect(problems).toMatchObject([
    { code: 'address/dimm-slot-in-use', requests: ['b', 'a'] },
    { code: 'address/dimm-slot-range', requests: ['c'] },
    { code: 'address/dimm-exhausted', requests: ['d'] },
  ])
})
