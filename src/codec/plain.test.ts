import { expect, test } from 'vitest'
import { element } from './element.ts'
import { derived, optional, required } from './field.ts'
import { formatDocument } from './format.ts'
import { integer } from './number.ts'
import { isPlain } from './plain.ts'
import { oneOf, text, yesNo } from './scalar.ts'

const words = element('words', 'Words.', {
  attributes: {
    plain: optional(oneOf('raw', 'qcow2')),
    odd: required(oneOf('a<b', "it's")),
    said: optional(text),
    count: optional(integer()),
    made: derived(() => '<&>'),
  },
})

test('numbers, switches and words of a list need no escapes, unless a word does', () => {
  expect(isPlain(optional(yesNo))).toBe(true)
  expect(isPlain(optional(integer()))).toBe(true)
  expect(isPlain(optional(oneOf('raw', 'qcow2')))).toBe(true)
  expect(isPlain(optional(oneOf('raw', 'a<b')))).toBe(false)
  expect(isPlain(optional(text))).toBe(false)
  expect(isPlain(derived(() => 'x'))).toBe(false)
})

test('what may hold a special character is printed escaped', () => {
  const value = words.create({ plain: 'raw', odd: 'a<b', said: "'&'", count: 7 })
  expect(formatDocument(words, value)).toBe(
    "<words plain='raw' odd='a&lt;b' said='&apos;&amp;&apos;' count='7' made='&lt;&amp;&gt;'/>\n",
  )
})
