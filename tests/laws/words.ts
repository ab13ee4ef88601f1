import type { Shape } from '../../src/codec/description.ts'
import { domain } from '../../src/definition.ts'

interface Named {
  readonly shapes: readonly Shape[]
  readonly words: readonly string[]
}

/** The words that the description lists at a path of XML names: `/domain/devices/disk/driver/@io`. */
export function wordsAt(path: string): readonly string[] {
  let shapes: readonly Shape[] = [domain.shape]
  let words: readonly string[] = []
  for (const name of path.split('/').slice(2)) {
    const found = shapes.flatMap((shape) => [...named(shape, name)])
    shapes = found.flatMap((it) => it.shapes)
    words = found.flatMap((it) => it.words)
  }
  return words
}

function* named(shape: Shape, name: string): Iterable<Named> {
  for (const [key, field] of Object.entries(shape.attributes ?? {})) {
    if (field.kind === 'attribute' && `@${field.name ?? key}` === name)
      yield { shapes: [], words: listed(field.scalar.schema) }
  }
  for (const [key, field] of Object.entries(shape.children ?? {})) {
    if (field.kind === 'choice') {
      if (`@${field.by}` === name) yield { shapes: [], words: Object.keys(field.variants) }
      for (const variant of Object.values(field.variants)) yield* named(variant, name)
    } else if ((field.name ?? key) === name) {
      const shapes = field.kind === 'child' || field.kind === 'many' ? [field.element().shape] : []
      const { value } = shapes[0] ?? {}
      const words = 'scalar' in field ? listed(field.scalar.schema) : value === undefined ? [] : listed(value.schema)
      yield { shapes, words }
    }
  }
}

/** A switch is a boolean in JSON, and one of two pairs of words in XML. */
const listed = (schema: { readonly [keyword: string]: unknown }): string[] =>
  Array.isArray(schema.enum) ? schema.enum.map(String) : schema.type === 'boolean' ? ['yes', 'no', 'on', 'off'] : []
