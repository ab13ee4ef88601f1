import { expect, test } from 'vitest'
import { element } from './element.ts'
import { derived, optional, required, textChild } from './field.ts'
import { formatDocument } from './format.ts'
import { integer } from './number.ts'
import { hasFewWords, isPlain } from './plain.ts'
import { oneOf, text, yesNo } from './scalar.ts'

const words = element('words', 'Words.', {
  attributes: {
    plain: optional(oneOf('raw', 'qcow2')),
    odd: required(oneOf('a<b', "it's")),
    said: optional(text),
    count: optional(integer()),
    made: derived(() => '<&>'),
  },
  children: { title: textChild(text), size: textChild(integer()), kind: textChild(oneOf('x', 'y')) },
})

test('numbers, switches and words of a list need no escapes, unless a word does', () => {
  expect([yesNo, integer(), oneOf('raw', 'qcow2')].every(isPlain)).toBe(true)
  expect([oneOf('raw', 'a<b'), text].some(isPlain)).toBe(false)
})

test('switches and words of a list are few', () => {
  expect([yesNo, oneOf('raw', 'qcow2')].every(hasFewWords)).toBe(true)
  expect([integer(), text, oneOf('raw', 'a<b')].some(hasFewWords)).toBe(false)
})

test('a word is printed the same each time, or left out each time', () => {
  const toggle = element('toggle', 'A switch.', {
    attributes: { on: optional(yesNo, { omit: (value) => value === false }), mode: optional(oneOf('a', 'b')) },
  })
  const print = (on: boolean | undefined, mode: 'a' | 'b' | undefined) =>
    formatDocument(toggle, toggle.create({ on, mode }))
  for (let round = 0; round < 40; round++) {
    expect(print(true, 'a')).toBe("<toggle on='yes' mode='a'/>\n")
    expect(print(false, 'b')).toBe("<toggle mode='b'/>\n")
    expect(print(undefined, undefined)).toBe('<toggle/>\n')
  }
})

test('what may hold a special character is printed escaped', () => {
  const value = words.create({ plain: 'raw', odd: 'a<b', said: "'&'", count: 7, title: '<', size: 8, kind: 'y' })
  expect(formatDocument(words, value)).toBe(
    `<words plain='raw' odd='a&lt;b' said='&apos;&amp;&apos;' count='7' made='&lt;&amp;&gt;'>
  <title>&lt;</title>
  <size>8</size>
  <kind>y</kind>
</words>
`,
  )
})
