import { expect, test } from 'vitest'
import { choice, element } from './element.ts'
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

test('so they do with the objects of all variants, of which none has a value of another', () => {
  const own = { attributes: { c: withDefault(text, 'own'), type: optional(text) } }
  const one = { attributes: { a: withDefault(text, 'one') }, children: { more: many(inner) } }
  const two = {
    attributes: { b: optional(text) },
    children: { by: choice('b', { x: { children: { deep: flag() } } }) },
  }
  const varied = element('varied', 'One of two.', { ...own, children: { by: choice('type', { one, two }) } })
  const made = (['one', 'two', undefined] as const).map((type) => varied.create({ type }))
  expect(new Set(made.map((it) => Object.keys(it).join()))).toEqual(new Set(['c,type,a,more,b,deep']))
  expect(made.map((it) => JSON.stringify(it))).toEqual([
    '{"c":"own","type":"one","a":"one","more":[]}',
    '{"c":"own","type":"two"}',
    '{"c":"own"}',
  ])
})
