import { describe, expect, it } from 'vitest'
import { isProblem } from '../codec/scalar.ts'
import { numberRanges } from './number-ranges.ts'

const set = numberRanges('nodes')
const canonical = (text: string) => {
  const value = set.parse(text)
  return isProblem(value) ? undefined : set.format(value)
}

describe('sets of CPUs and nodes', () => {
  it('prints sorted runs', () => {
    expect(canonical('5,0-2,3,7-8')).toBe('0-3,5,7-8')
    expect(canonical('0-4,^2')).toBe('0-1,3-4')
    expect(canonical('2,1')).toBe('1-2')
  })

  it('refuses what is no set, and an empty one', () => {
    for (const text of ['', 'a', '1-', '3-1', '-2', '0,^0', '16384', '1,,2']) expect(canonical(text)).toBeUndefined()
  })
})
