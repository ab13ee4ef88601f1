import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { Origins } from '../origin/origin.ts'
import { readXml } from '../xml/read.ts'
import { arbitrary } from './arbitrary.ts'
import { choice, element, type Infer } from './element.ts'
import { child, flag, many, optional, required, requiredChild, textChild, textChildren, withDefault } from './field.ts'
import { formatDocument } from './format.ts'
import { toJson } from './json.ts'
import { jsonSchema } from './json-schema.ts'
import { markdown } from './markdown.ts'
import { big, hex, integer } from './number.ts'
import { parseElement } from './parse.ts'
import { oneOf, onOff, secret, text, yesNo } from './scalar.ts'

const wheel = element('wheel', 'A wheel.', { attributes: { size: required(integer({ min: 1, max: 30 })) } })
const key = element('key', 'A key.', { attributes: { code: required(secret(oneOf('open', 'sesame'))) } })
const vehicle = element(
  'vehicle',
  'Something that drives.',
  {
    attributes: {
      type: required(oneOf('car', 'train')),
      electric: withDefault(yesNo, false),
      weight: optional(big()),
      colour: optional(hex(6, { max: 0xffffff })),
    },
    children: {
      by: choice('type', {
        car: { attributes: { doors: optional(integer({ max: 5 })) }, children: { wheel: many(wheel) } },
        train: { children: { coupled: flag() } },
      }),
      key: child(key),
      note: textChild(text),
      tag: textChildren(oneOf('a', 'b')),
      lights: child(element('lights', 'Lights.', { attributes: { on: optional(onOff) } }, { omitEmpty: true })),
    },
  },
  { unbuilt: { attributes: ['steam'], children: ['sail'] }, ignored: { attributes: ['old'] } },
)
type Vehicle = Infer<typeof vehicle>

function read(xml: string): { value: Vehicle; findings: Diagnostic[]; origins: Origins } {
  const findings: Diagnostic[] = []
  const origins = new Origins()
  const { root } = readXml(xml)
  const value = parseElement(vehicle, root!, { origins, report: (it) => findings.push(it) })
  return { value, findings, origins }
}

const codes = (xml: string) => read(xml).findings.map(({ severity, code }) => `${severity} ${code}`)

describe('parse', () => {
  test('fills defaults, reads variants, keeps absent fields undefined', () => {
    const { value, findings } = read("<vehicle type='car' doors='3'><wheel size='4'/><wheel size='5'/></vehicle>")
    expect(findings).toEqual([])
    expect(value).toMatchObject({ type: 'car', electric: false, weight: undefined, doors: 3 })
    if (value.type === 'car') expect(value.wheel.map(({ size }) => size)).toEqual([4, 5])
  })

  test.each([
    ["<vehicle type='car' speed='3'/>", 'warning attribute/unknown'],
    ["<vehicle type='car'><whel/></vehicle>", 'warning element/unknown'],
    ["<vehicle type='train' doors='3'/>", 'warning attribute/unknown'],
    ["<vehicle type='car' steam='yes'/>", 'error attribute/not-built'],
    ["<vehicle type='car'><sail/></vehicle>", 'error element/not-built'],
    ["<vehicle type='car'><note>a</note><note>b</note></vehicle>", 'warning element/duplicate'],
    ["<vehicle type='boat'/>", 'error value/invalid'],
    ['<vehicle/>', 'error attribute/missing'],
    ["<vehicle type='car'><wheel size='31'/></vehicle>", 'error value/invalid'],
  ])('%s is found: %s', (xml, finding) => {
    expect(codes(xml)).toEqual([finding])
  })

  test('an ignored attribute is neither read nor reported', () => {
    expect(codes("<vehicle type='car' old='1'/>")).toEqual([])
  })

  test('says what was probably meant', () => {
    expect(read("<vehicle type='car'><whel/></vehicle>").findings[0]?.hint).toContain('<wheel>')
  })

  test('never shows a secret, and knows where it stands', () => {
    const xml = "<vehicle type='car'><key code='abracadabra'/></vehicle>"
    const { findings, origins } = read(xml)
    expect(JSON.stringify(findings)).not.toContain('abracadabra')
    expect(origins.secrets.map(({ start, end }) => xml.slice(start, end))).toEqual(['abracadabra'])
  })

  test('origins point at attribute values', () => {
    const xml = "<vehicle type='car' weight='7'/>"
    const { value, origins } = read(xml)
    const origin = origins.of(value, 'weight')
    expect(origin).toMatchObject({ kind: 'xml', path: '/vehicle/@weight' })
    if (origin?.kind === 'xml') expect(xml.slice(origin.span.start, origin.span.end)).toBe('7')
  })
})

describe('format', () => {
  test('prints in the order of the description, with the variant where the choice stands', () => {
    const { value } = read(
      "<vehicle colour='255' type='car' weight='18446744073709551615'><note>x</note><wheel size='4'/></vehicle>",
    )
    expect(formatDocument(vehicle, value)).toBe(
      "<vehicle type='car' electric='no' weight='18446744073709551615' colour='0x0000ff'>\n  <wheel size='4'/>\n  <note>x</note>\n</vehicle>\n",
    )
  })

  test('leaves out an element that would be empty', () => {
    expect(formatDocument(vehicle, vehicle.create({ type: 'train', lights: { on: undefined } }))).toBe(
      "<vehicle type='train' electric='no'/>\n",
    )
  })
})

describe('laws', () => {
  test('what is printed reads back as itself', () => {
    fc.assert(
      fc.property(arbitrary(fc, vehicle), (value) => {
        const xml = formatDocument(vehicle, value)
        const { value: again, findings } = read(xml)
        expect(findings).toEqual([])
        expect(formatDocument(vehicle, again)).toBe(xml)
      }),
    )
  })
})

test('JSON leaves out what is absent and keeps large numbers whole', () => {
  const { value } = read("<vehicle type='train' weight='18446744073709551615'><coupled/></vehicle>")
  expect(toJson(vehicle, value)).toEqual({
    type: 'train',
    electric: false,
    weight: '18446744073709551615',
    coupled: true,
  })
})

test('the schema has one branch a variant', () => {
  const schema = jsonSchema(vehicle, 'test') as { $defs: { vehicle: { oneOf: { properties: object }[] } } }
  expect(schema.$defs.vehicle.oneOf.map(({ properties }) => Object.keys(properties).includes('doors'))).toEqual([
    true,
    false,
  ])
})

test('the page names every attribute and what is not built', () => {
  const page = markdown(vehicle)
  for (const name of ['electric', 'weight', 'doors', 'steam', '<sail>']) expect(page).toContain(name)
})

test('types follow the description', () => {
  expectTypeOf<Vehicle['type']>().toEqualTypeOf<'car' | 'train'>()
  expectTypeOf<Extract<Vehicle, { type: 'car' }>['doors']>().toEqualTypeOf<number | undefined>()
  expectTypeOf(requiredChild(wheel).inferred).not.toBeAny()
})
