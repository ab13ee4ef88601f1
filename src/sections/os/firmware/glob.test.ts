import { expect, test } from 'vitest'
import { globFits } from './glob.ts'

test.each([
  ['pc-q35-*', 'pc-q35-9.2', true],
  ['pc-q35-*', 'pc-i440fx-9.2', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['*-9.?', 'pc-9.2', true],
  ['*-9.?', 'pc-9.22', false],
  ['a.c', 'abc', false],
  ['pc-[0-9].[02]', 'pc-8.2', true],
  ['pc-[!0-9]', 'pc-8', false],
  ['pc-[!0-9]', 'pc-q', true],
  ['\u001b[31m', 'pc', false],
  ['[31m', '[31m', true],
  ['a**b*', 'a-b', true],
  [`${'*a'.repeat(200)}b`, 'a'.repeat(2000), false],
])('%s fits %s: %s', (glob, name, fits) => {
  expect(globFits(glob, name)).toBe(fits)
})
