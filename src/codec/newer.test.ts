import { expect, test } from 'vitest'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { Origins } from '../origin/origin.ts'
import { readXml } from '../xml/read.ts'
import { element } from './element.ts'
import { child, many, optional, withDefault } from './field.ts'
import { parseElement } from './parse.ts'
import { newer, oneOf, yesNo } from './scalar.ts'

const part = element('part', 'A part.', { attributes: { on: optional(yesNo) } })
const thing = element('thing', 'A thing.', {
  attributes: {
    kind: optional(newer(oneOf('old', 'new'), { new: '11.5' })),
    fresh: optional(yesNo, { since: '11.5' }),
    filled: withDefault(yesNo, true, { since: '11.5' }),
  },
  children: { part: child(part, { since: '11.5' }), parts: many(part, { since: '12.1' }) },
})

function read(text: string, release: number) {
  const diagnostics: Diagnostic[] = []
  const vocabulary = { reader: `reader ${release}`, knows: (since: string) => Number(since) <= release }
  const context = { origins: new Origins(), report: (it: Diagnostic) => diagnostics.push(it), vocabulary }
  return { value: parseElement(thing, readXml(text).root!, context), diagnostics }
}

test('an older reader ignores a newer attribute and element, and says since when they are', () => {
  const text = "<thing fresh='yes'><part on='yes'/><parts/></thing>"
  const { value, diagnostics } = read(text, 10.1)
  expect(value).toMatchObject({ fresh: undefined, part: undefined, parts: [] })
  expect(diagnostics.map(({ code, severity, path }) => [code, severity, path])).toEqual([
    ['attribute/newer', 'warning', '/thing/@fresh'],
    ['element/newer', 'warning', '/thing/part'],
    ['element/newer', 'warning', '/thing/parts'],
  ])
  expect(diagnostics[0]?.message).toContain('since 11.5')
  const newest = read(text, 12.8)
  expect(newest.diagnostics).toEqual([])
  expect(newest.value).toMatchObject({ fresh: true, part: { on: true }, parts: [{ on: undefined }] })
})

test.each(['constructor', '__proto__', 'toString'])('the value %s is no newer one', (kind) => {
  const { diagnostics } = read(`<thing kind='${kind}'/>`, 11.3)
  expect(diagnostics.map(({ code }) => code)).toEqual(['value/invalid'])
})

test('an older reader refuses a newer value, and does not fill a newer default', () => {
  const old = read("<thing kind='new'/>", 10.1)
  expect(old.diagnostics).toMatchObject([{ code: 'value/newer', severity: 'error', path: '/thing/@kind' }])
  expect(old.value).toMatchObject({ kind: undefined, filled: undefined })
  expect(read("<thing kind='old'/>", 10.1).diagnostics).toEqual([])
  expect(read("<thing kind='new'/>", 11.5)).toMatchObject({ value: { kind: 'new', filled: true }, diagnostics: [] })
})
