import { expect, test } from 'vitest'
import type { CompiledShape, Element } from '../../src/codec/description.ts'
import { hasFewWords } from '../../src/codec/plain.ts'
import { isProblem, type Scalar } from '../../src/codec/scalar.ts'
import { domain } from '../../src/definition.ts'

/** The scalars of all attributes below an element. */
function scalarsOf(element: Element<object>, met = new Set<Element<object>>()): Scalar<unknown>[] {
  if (met.has(element)) return []
  met.add(element)
  const { shape } = element.compiled()
  const shapes: CompiledShape[] = [shape, ...(shape.choice?.variants.values() ?? [])]
  return shapes.flatMap(({ printed, before, after }) => [
    ...printed.flatMap(({ field }) => (field.kind === 'attribute' ? [field.scalar] : [])),
    ...[...before, ...after].flatMap(({ field }) =>
      field.kind === 'child' || field.kind === 'many' ? scalarsOf(field.element(), met) : [],
    ),
  ])
}

/** What is printed of each is kept by its value: an object would be kept for each domain. */
test('where a list has few words, what they mean is no object', () => {
  const few = scalarsOf(domain as unknown as Element<object>).filter(hasFewWords)
  expect(few.length).toBeGreaterThan(200)
  for (const { schema, parse, doc } of few) {
    const words = Array.isArray(schema.enum) ? (schema.enum as string[]) : ['yes', 'no', 'on', 'off']
    const values = words.map((word) => parse(word)).filter((value) => !isProblem(value))
    expect(values.length, doc).toBeGreaterThan(0)
    expect(values.filter((value) => typeof value === 'object')).toEqual([])
  }
})
