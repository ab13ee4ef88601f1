import type { AttributeField, Child, Element, FieldOptions, Shape } from '../codec/description.ts'
import type { Scalar } from '../codec/scalar.ts'
import { domain } from '../definition.ts'
import { own } from '../own.ts'
import { attributeOfOutline, type Outline } from './outline.ts'

type NamedChild = { readonly name: string; readonly field: Exclude<Child, { kind: 'choice' }> }

/** What the description says of one element of a document. */
export interface Described {
  readonly name: string
  readonly field: FieldOptions | undefined
  /** Undefined for an element that holds only a text, or nothing. */
  readonly element: Element<object> | undefined
  /** The element's own parts, then those that its attributes choose; all there are where they choose none. */
  readonly shapes: readonly Shape[]
  /** What its text is. */
  readonly value: Scalar<unknown> | undefined
}

/** Follows the description along an element and all around it; undefined where it knows no such place. */
export function describe(chain: readonly Outline[]): Described | undefined {
  const [root, ...rest] = chain
  if (root?.name !== domain.name) return undefined
  let at: Described = ofElement(domain as Element<object>, undefined, root)
  for (const outline of rest) {
    const child = childrenOf(at).find(({ name }) => name === outline.name)
    if (child === undefined) return undefined
    at = ofChild(child, outline)
  }
  return at
}

function ofChild({ name, field }: NamedChild, outline: Outline): Described {
  if (field.kind === 'child' || field.kind === 'many') return ofElement(field.element(), field, outline, name)
  const value = field.kind === 'text' || field.kind === 'texts' ? field.scalar : undefined
  return { name, field: field, element: undefined, shapes: [], value }
}

function ofElement(
  element: Element<object>,
  field: FieldOptions | undefined,
  outline: Outline,
  name = element.name,
): Described {
  const shapes = [element.shape]
  for (const child of Object.values(element.shape.children ?? {})) {
    if (child.kind !== 'choice') continue
    const chosen = own(child.variants, choiceOf(element.shape, child.by, outline) ?? '')
    shapes.push(...(chosen === undefined ? Object.values(child.variants) : [chosen]))
  }
  return { name, field, element, shapes, value: element.shape.value }
}

/** What an attribute says that chooses among variants, or what stands for it where it is absent. */
function choiceOf(shape: Shape, by: string, outline: Outline): string | undefined {
  const field = shape.attributes?.[by]
  const written = attributeOfOutline(outline, field?.name ?? by)?.value
  if (written !== undefined || field?.kind !== 'attribute' || field.presence !== 'default') return written
  return field.scalar.format(field.fallback)
}

/** The children that may stand in an element, each name once. */
export function childrenOf({ shapes }: Described): NamedChild[] {
  const found = new Map<string, NamedChild>()
  for (const { children } of shapes) {
    for (const [key, field] of Object.entries(children ?? {})) {
      if (field.kind === 'choice') continue
      for (const name of namesOf(key, field)) if (!found.has(name)) found.set(name, { name, field })
    }
  }
  return [...found.values()]
}

function namesOf(key: string, field: NamedChild['field']): readonly string[] {
  const name = field.name ?? key
  if (field.kind !== 'child' && field.kind !== 'many') return [name]
  const { namespace } = field.element().options
  return [namespace === undefined ? name : `${namespace.prefix}:${name}`]
}

/** The attributes that may stand in an element, each name once. */
export function attributesOf({ shapes }: Described): { name: string; field: AttributeField<unknown> }[] {
  const found = new Map<string, AttributeField<unknown>>()
  for (const { attributes } of shapes) {
    for (const [key, field] of Object.entries(attributes ?? {})) {
      const name = field.name ?? key
      if (field.kind === 'attribute' && !found.has(name)) found.set(name, field)
    }
  }
  return [...found].map(([name, field]) => ({ name, field }))
}

export function isRepeatable({ field }: NamedChild): boolean {
  return field.kind === 'many' || field.kind === 'texts'
}

/** The words that may stand as a value, where they are a closed list. */
export function wordsOf(scalar: Scalar<unknown>): readonly string[] {
  const { enum: listed } = scalar.schema
  if (Array.isArray(listed)) return listed.filter((word): word is string => typeof word === 'string')
  return scalar.doc.includes(' | ') ? scalar.doc.split(' | ').filter((word) => /^[\w.:+-]+$/.test(word)) : []
}
