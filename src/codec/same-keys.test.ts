import { expect, test } from 'vitest'
import { element } from './element.ts'
import { child, derived, flag, many, optional, required, textChild, withDefault } from './field.ts'
import { integer } from './number.ts'
import { oneOf, text } from './scalar.ts'

const inner = element('inner', 'One.', { attributes: { a: required(text) } }, { omitEmpty: true })
const outer = element('outer', 'Another.', {
  attributes: {
    b: optional(integer(), { since: '11.3' }),
    c: withDefault(oneOf('x', 'y'), 'x', { doc: 'A word.' }),
    d: derived(() => undefined),
  },
  children: { one: child(inner), more: many(inner, { once: true }), said: textChild(text), set: flag() },
})

test('whatever a description says, reader and printer meet the same keys in the same order', () => {
  const { shape, options } = outer.compiled()
  const fields = [...shape.printed, ...shape.before].map(({ field }) => field)
  expect(new Set(fields.map((field) => Object.keys(field).join())).size).toBe(1)
  const scalars = fields.flatMap((field) => ('scalar' in field && field.scalar ? [field.scalar] : []))
  expect(new Set(scalars.map((scalar) => Object.keys(scalar).join())).size).toBe(1)
  expect(Object.keys(options)).toEqual(Object.keys(inner.compiled().options))
})
