import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arbitrary } from '../../src/codec/arbitrary.ts'
import type { Element } from '../../src/codec/description.ts'
import { formatDocument } from '../../src/codec/format.ts'
import { parseElement } from '../../src/codec/parse.ts'
import { devices, domain } from '../../src/definition.ts'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { Origins } from '../../src/origin/origin.ts'
import { readXml } from '../../src/xml/read.ts'

/** Every element that stands for itself: the device kinds, and the sections of a domain. */
function elements(): [string, Element<object>][] {
  return [devices, domain].flatMap(({ shape }) =>
    Object.entries(shape.children ?? {}).flatMap(([key, field]): [string, Element<object>][] =>
      (field.kind === 'child' || field.kind === 'many') && key !== 'devices' ? [[key, field.element()]] : [],
    ),
  )
}

/** Undefined where nothing is printed, or where the element's own rules refuse the value. */
function reprint(element: Element<object>, xml: string): string | undefined {
  if (xml === '') return undefined
  const findings: Diagnostic[] = []
  const { root } = readXml(xml)
  const value = parseElement(element, root!, { origins: new Origins(), report: (it) => findings.push(it) })
  expect(
    findings.filter(({ code }) => code.endsWith('/unknown')),
    xml,
  ).toEqual([])
  if (findings.some(({ severity }) => severity === 'error')) return undefined
  return formatDocument(element, value)
}

describe('what any element prints reads back to the same print', () => {
  test.each(elements().filter(([, element]) => element.options.namespace === undefined))('<%s>', (_name, element) => {
    fc.assert(
      fc.property(arbitrary(fc, element, 2), (value) => {
        // One print settles what an element brings to one spelling (units); from then on nothing may change.
        const settled = reprint(element, formatDocument(element, value))
        fc.pre(settled !== undefined && settled !== '')
        expect(reprint(element, settled!)).toBe(settled)
      }),
      // Many an element of random parts is refused.
      { numRuns: 40, maxSkipsPerRun: 400 },
    )
  })
})
