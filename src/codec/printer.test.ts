import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { readXml } from '../xml/read.ts'
import type { Element, Form } from './description.ts'
import { choice, element } from './element.ts'
import { child, derived, flag, many, optional, raw, textChild, textChildren, withDefault } from './field.ts'
import { formatDocument } from './format.ts'
import { integer } from './number.ts'
import { oneOf, text, yesNo } from './scalar.ts'

afterEach(() => vi.unstubAllGlobals())

const leaf = { attributes: { id: optional(text) } }
const size = element('size', 'A size.', { value: integer() }, { omitWhere: ({ value }) => value === 0 })

/** An element with all that a description can say of printing; another one each time, which has printed nothing yet. */
const fresh = (): Element<object> =>
  element('guest', 'A guest.', {
    attributes: {
      type: withDefault(oneOf('file', 'block'), 'file'),
      on: optional(yesNo, { omit: (value) => value === false }),
      name: optional(text),
      count: optional(integer()),
      shown: derived(({ name }: { name?: string }) => name?.toUpperCase(), { since: '12.8' }),
    },
    children: {
      title: textChild(text),
      alias: textChildren(oneOf('a', 'b')),
      kept: flag(),
      metadata: raw(),
      by: choice('type', { file: { children: { path: textChild(text) } }, block: leaf }),
      own: child(element('own', 'Text of its own.', { attributes: leaf.attributes, value: text })),
      bare: child(element('bare', 'Nothing at times.', leaf, { omitEmpty: true })),
      limits: child(element('limits', 'Held open.', { children: { size: child(size) } }, { omitEmpty: true })),
      open: many(element('open', 'Never closed.', leaf, { alwaysOpen: true })),
      once: child(element('once', 'Not closed in former days.', leaf, { alwaysOpen: { until: '12.8' } })),
      odd: child(element('odd', 'At times.', leaf, { alwaysOpen: ({ id }) => id === 'x' })),
      far: child(element('far', 'Of others.', leaf, { namespace: { prefix: 'q', uri: 'u' } })),
    },
  }) as Element<object>

const old: Form = { knows: (since) => since !== '12.8' }
const metadata = readXml('<metadata><a/></metadata>').root
const word = fc.constantFrom('', 'x', "<it's>")
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const identified = maybe(fc.record({ id: maybe(word) }))
const guest = fc.record({
  type: fc.constantFrom('file', 'block'),
  ...{ on: maybe(fc.boolean()), name: maybe(word), count: maybe(fc.nat()), title: maybe(word) },
  ...{
    alias: fc.array(fc.constantFrom('a', 'b')),
    kept: maybe(fc.constant(true)),
    metadata: maybe(fc.constant(metadata)),
  },
  ...{ path: maybe(word), id: maybe(word), own: maybe(fc.record({ id: maybe(word), value: maybe(word) })) },
  ...{ bare: identified, limits: maybe(fc.record({ size: maybe(fc.record({ value: fc.nat({ max: 1 }) })) })) },
  ...{ open: fc.array(fc.record({ id: maybe(word) })), once: identified, odd: identified, far: identified },
})

test('often printed as when first printed, and where code from texts is forbidden', () => {
  fc.assert(
    fc.property(fc.array(guest, { minLength: 1, maxLength: 4 }), fc.constantFrom(old, undefined), (guests, form) => {
      vi.unstubAllGlobals()
      const first = guests.map((it) => formatDocument(fresh(), it, form))
      const often = fresh()
      for (let round = 0; round < 40; round++) for (const it of guests) formatDocument(often, it, form)
      expect(guests.map((it) => formatDocument(often, it, form))).toEqual(first)
      vi.stubGlobal('Function', () => {
        throw new EvalError('unsafe-eval is not allowed')
      })
      const forbidden = fresh()
      for (let round = 0; round < 40; round++) for (const it of guests) formatDocument(forbidden, it, form)
      expect(guests.map((it) => formatDocument(forbidden, it, form))).toEqual(first)
    }),
    { numRuns: 40 },
  )
})

test.each<[string, object, string]>([
  ['a word that is not printed', { on: false }, "<guest type='file'/>\n"],
  [
    'characters that XML writes in another way',
    { name: "<it's>", title: '&' },
    "&lt;it&apos;s&gt;' shown='&lt;IT&apos;S&gt;'>\n  <title>&amp;</title>\n",
  ],
  ['an empty text', { title: '', own: { value: '' } }, '  <title/>\n  <own></own>\n'],
  ['a list of texts, a flag', { alias: ['a', 'b'], kept: true }, '  <alias>a</alias>\n  <alias>b</alias>\n  <kept/>\n'],
  ['a subtree, as it was', { metadata }, '  <metadata>\n    <a/>\n  </metadata>\n'],
  ['what its variant has', { type: 'block', id: '7' }, "<guest type='block' id='7'/>\n"],
  ['nothing of an empty element', { bare: {} }, "<guest type='file'/>\n"],
  ['an element that is held open by a child that is not printed', { limits: { size: { value: 0 } } }, '  <limits/>\n'],
  ['an element that stays open', { open: [{}], odd: { id: 'x' } }, "  <open>\n  </open>\n  <odd id='x'>\n  </odd>\n"],
  ['a prefix', { far: {} }, '  <q:far/>\n'],
])('prints %s', (_, fields, printed) => {
  expect(formatDocument(fresh(), { type: 'file', alias: [], open: [], ...fields })).toContain(printed)
})

test('prints in the form of a time', () => {
  const fields = { type: 'file', name: 'a', alias: [], open: [], once: {} }
  expect(formatDocument(fresh(), fields)).toBe("<guest type='file' name='a' shown='A'>\n  <once/>\n</guest>\n")
  expect(formatDocument(fresh(), fields, old)).toBe("<guest type='file' name='a'>\n  <once>\n  </once>\n</guest>\n")
})
