import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { isKnownCode, unknownCodes } from './unknown-codes.ts'

test('a code that nothing raises is found, with the one that was meant', () => {
  const text = 'rules:\n  element/unknwon: off\n  disk/*: note\n  none-such/*: off\n'
  const { value, places } = readConfig(text, 'yaml')
  const found = unknownCodes(value!, places)
  expect(found.map(({ code, hint }) => [code, hint])).toEqual([
    ['config/unknown-code', 'Did you mean element/unknown?'],
    ['config/unknown-code', 'See `domxml explain` for all codes.'],
  ])
  expect(text.slice(0, found[0]?.span?.start).split('\n')).toHaveLength(2)
})

test('those of overrides too', () => {
  const { value, places } = readConfig('overrides:\n  - files: [a.xml]\n    rules: {disk/non: off}\n', 'yaml')
  expect(unknownCodes(value!, places)).toHaveLength(1)
})

test('codes that are put together when they are raised are known', () => {
  expect(isKnownCode('features/smm-unsupported')).toBe(true)
})
