import { expect, test } from 'vitest'
import { backtracks } from '../../scripts/regex/backtracks.ts'

test.each([
  ['/(a+)*/', true],
  ['/^(\\w+\\s?)*$/', true],
  ['/(?:a|b*)+/', true],
  ['/((a+)b?)*/', true],
  ['/^\\d+(\\.\\d+)*$/', false],
  ['/(?:a|b)*/', false],
  ['/[(a+)]*/', false],
  ['/\\(a+\\)*/', false],
  ['/(a+)?/', false],
])('%s: %s', (literal, expected) => {
  expect(backtracks(literal)).toBe(expected)
})
