import type { Element, Shape } from '../../src/codec/description.ts'
import type { XmlElement } from '../../src/xml/tree.ts'
import type { Grammar } from './rng.ts'

interface Vocabulary {
  /** The words of each attribute where only some may stand. */
  readonly attributes: Map<string, ReadonlySet<string> | undefined>
  /** The descriptions of each child element; none where it is a text, a flag, or kept as it is. */
  readonly children: Map<string, Element<object>[]>
}

/** Every attribute and child that some of the descriptions have, whichever variant it belongs to. */
function vocabulary(elements: readonly Element<object>[]): Vocabulary {
  const attributes: Vocabulary['attributes'] = new Map()
  const children: Vocabulary['children'] = new Map()
  const addShape = (shape: Shape) => {
    for (const [key, field] of Object.entries(shape.attributes ?? {})) {
      const name = field.name ?? key
      const words = field.kind === 'attribute' ? enumOf(field.scalar.schema) : undefined
      const known = attributes.get(name)
      attributes.set(name, attributes.has(name) ? known && words && new Set([...known, ...words]) : words)
    }
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      if (field.kind === 'choice') {
        for (const variant of Object.values(field.variants)) addShape(variant)
        const words = attributes.get(field.by)
        if (words) attributes.set(field.by, new Set([...words, ...Object.keys(field.variants)]))
      } else {
        const name = field.name ?? key
        const described = field.kind === 'child' || field.kind === 'many' ? [field.element()] : []
        children.set(name, [...(children.get(name) ?? []), ...described])
      }
    }
  }
  for (const { shape } of elements) addShape(shape)
  return { attributes, children }
}

function enumOf(schema: { readonly [keyword: string]: unknown }): ReadonlySet<string> | undefined {
  return Array.isArray(schema.enum) ? new Set(schema.enum.map(String)) : undefined
}

/**
 * What a schema has and a description has not, as paths: `features/apic/@eoi`, `os/acpi/table/@type=slic`. Nothing is
 * listed below an element that is missing itself.
 */
export function missing(grammar: Grammar, patterns: readonly XmlElement[], element: Element<object>): string[] {
  const found = new Set<string>()
  const done = new Map<Element<object>, Set<XmlElement>>()
  const compare = (path: string, from: readonly XmlElement[], elements: readonly Element<object>[]) => {
    const fresh = from.filter((pattern) => !elements.every((known) => done.get(known)?.has(pattern)))
    if (fresh.length === 0 || elements.length === 0) return
    for (const known of elements) done.set(known, new Set([...(done.get(known) ?? []), ...fresh]))
    const ours = vocabulary(elements)
    const below = path === '' ? '' : `${path}/`
    const children = new Map<string, XmlElement[]>()
    for (const pattern of fresh) {
      const theirs = grammar.inside(pattern)
      for (const [name, values] of theirs.attributes) {
        if (!ours.attributes.has(name)) found.add(`${below}@${name}`)
        const words = ours.attributes.get(name)
        for (const value of words ? values : []) if (!words?.has(value)) found.add(`${below}@${name}=${value}`)
      }
      for (const [name, inside] of theirs.children) children.set(name, [...(children.get(name) ?? []), ...inside])
    }
    for (const [name, inside] of children) {
      const described = ours.children.get(name)
      if (described === undefined) found.add(`${below}${name}`)
      else compare(`${below}${name}`, inside, described)
    }
  }
  compare('', patterns, [element])
  return [...found].sort()
}
