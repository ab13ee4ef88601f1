import { expect, test } from 'vitest'
import type { ConvertOptions } from '../../src/conversion.ts'
import { complete, convert } from '../../src/convert.ts'
import type { Span } from '../../src/diagnostic/diagnostic.ts'
import { hasErrors } from '../../src/diagnostic/diagnostic.ts'
import { readXml } from '../../src/xml/read.ts'
import { elementsOf, pathOf, type XmlElement } from '../../src/xml/tree.ts'
import { passingCases } from '../laws/corpus.ts'
import { skippedWithoutShared } from '../shared.ts'

/** A number in a document. */
interface Place {
  readonly text: string
  readonly span: Span
  readonly options: ConvertOptions
}

/** The first document with each attribute and element that holds a number, by its path. */
function numbers(): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const { source, circumstances: options } of passingCases()) {
    const { root, text } = readXml(source)
    const note = (path: string, span: Span) => {
      const isNumber = /^\s*\d+\s*$/.test(text.slice(span.start, span.end))
      if (isNumber && !places.has(path)) places.set(path, { text, span, options })
    }
    const walk = (element: XmlElement): void => {
      const path = pathOf(element).replace(/\[\d+\]/g, '')
      for (const { name, valueSpan } of element.attributes) note(`${path}/@${name}`, valueSpan)
      const inner = elementsOf(element)
      if (inner.length === 0) note(path, element.contentSpan)
      inner.forEach(walk)
    }
    if (root !== undefined) walk(root)
  }
  return places
}

function objectsIn(value: unknown, seen = new Set<object>()): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0
  seen.add(value)
  return 1 + Object.values(value).reduce((sum: number, inner) => sum + objectsIn(inner, seen), 0)
}

/** What a document becomes: objects of its definition, words, findings. */
function size(text: string, options: ConvertOptions): number {
  const { context, diagnostics } = complete(text, options)
  const words = hasErrors(diagnostics) ? 0 : (convert(text, options).argv?.args.length ?? 0)
  return objectsIn(context?.definition) + words + diagnostics.length
}

/** No number of the corpus makes more than this: ports and bridges up to an address, say. */
const most = 4000

test.skipIf(skippedWithoutShared('numbers without a bound'))('no number makes objects without a bound', () => {
  const places = numbers()
  expect(places.size).toBeGreaterThan(200)
  const found = [...places].flatMap(([path, { text, span, options }]) =>
    ['65535', '1000000000', '4294967295'].flatMap((number) => {
      const made = size(text.slice(0, span.start) + number + text.slice(span.end), options)
      return made > most ? [`${path}=${number}: ${made}`] : []
    }),
  )
  expect(found).toEqual([])
})
