import { expect, test } from 'vitest'
import { assignCcw, type CcwAddress } from './ccw.ts'

const ccw = (cssid: number, ssid: number, devno: number): CcwAddress => ({ cssid, ssid, devno })

test("the user's addresses first, then the first free device number of fe.0", () => {
  const { addresses, problems, trace } = assignCcw([
    { id: 'a' },
    { id: 'b', address: ccw(0xfe, 0, 0) },
    { id: 'c', address: ccw(0, 0, 1) },
    { id: 'd' },
  ])
  expect(problems).toEqual([])
  expect(Object.fromEntries(addresses)).toEqual({
    a: ccw(0xfe, 0, 1),
    b: ccw(0xfe, 0, 0),
    c: ccw(0, 0, 1),
    d: ccw(0xfe, 0, 2),
  })
  expect(trace.find((it) => it.subject === 'a')).toMatchObject({ rule: 'ccw/first-free-devno' })
})

test('an address with nothing in it asks for one', () => {
  expect(assignCcw([{ id: 'a', address: {} }]).addresses.get('a')).toEqual(ccw(0xfe, 0, 0))
})

test('a device number in use is refused and names its holder', () => {
  const { addresses, problems } = assignCcw(['a', 'b'].map((id) => ({ id, address: ccw(0xfe, 0, 1) })))
  expect(problems).toMatchObject([{ code: 'address/ccw-in-use', requests: ['b', 'a'] }])
  expect(problems[0]!.message).toContain('fe.0.0001')
  expect([...addresses.keys()]).toEqual(['a'])
})

test.each([ccw(0xff, 0, 0), ccw(0xfe, 4, 0), ccw(0xfe, 0, 0x10000)])('%o is out of range', (address) => {
  expect(assignCcw([{ id: 'a', address }]).problems).toMatchObject([{ code: 'address/ccw-range', requests: ['a'] }])
})

test('the next subchannel set follows where one is full', () => {
  const all = Array.from({ length: 0x10001 }, (_, n) => ({ id: `${n}` }))
  expect(assignCcw(all).addresses.get('65536')).toEqual(ccw(0xfe, 1, 0))
})
