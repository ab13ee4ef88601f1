import type { FieldNames } from '../origin/origin.ts'
import { blankOf } from './blank.ts'
import type {
  Compiled,
  CompiledAttribute,
  CompiledChild,
  CompiledShape,
  Element,
  PrintedAttribute,
  Shape,
} from './description.ts'
import { fieldWithAllKeys, optionsWithAllKeys, scalarWithAllKeys } from './same-keys.ts'

/** Children are looked up by namespace and local name. */
export function childKey(uri: string, local: string): string {
  return uri === '' ? local : `${uri} ${local}`
}

function lookupKeys(field: CompiledChild['field'], name: string): readonly string[] {
  if (field.kind === 'child' || field.kind === 'many') {
    const namespace = field.element().options.namespace
    if (namespace) return [childKey(namespace.uri, name)]
  }
  return [name]
}

function compileShape(shape: Shape): CompiledShape {
  const printed: PrintedAttribute[] = []
  const attributes = new Map<string, CompiledAttribute>()
  for (const [key, described] of Object.entries(shape.attributes ?? {})) {
    const field = fieldWithAllKeys(described)
    const name = field.name ?? key
    printed.push({ key, name, field })
    if (field.kind === 'attribute') attributes.set(name, { key, name, field })
  }
  const before: CompiledChild[] = []
  const after: CompiledChild[] = []
  const all: CompiledChild[] = []
  let choice: CompiledShape['choice']
  for (const [key, described] of Object.entries(shape.children ?? {})) {
    if (described.kind === 'choice') {
      const { by, variants } = described
      const compiled = Object.entries(variants).map(([value, variant]) => [value, compileShape(variant)] as const)
      choice = { by, variants: new Map(compiled) }
      continue
    }
    const field = fieldWithAllKeys(described)
    const name = field.name ?? key
    const compiled: CompiledChild = { key, name, field, keys: () => lookupKeys(field, name) }
    all.push(compiled)
    ;(choice ? after : before).push(compiled)
  }
  // Made at first use: a lazy child may describe an element whose module is still loading.
  let children: ReadonlyMap<string, CompiledChild> | undefined
  const entries = new Map<string, unknown>()
  const lists = new Set<string>()
  for (const { key, field } of printed) {
    if (field.kind === 'attribute') entries.set(key, field.presence === 'default' ? field.fallback : undefined)
  }
  for (const { key, field } of all) {
    entries.set(key, undefined)
    if (field.kind === 'many' || field.kind === 'texts') lists.add(key)
  }
  if (shape.value) entries.set('value', undefined)
  const blank = blankOf(entries, lists)
  return {
    attributes,
    printed,
    children: () => {
      children ??= new Map(all.flatMap((child) => child.keys().map((name) => [name, child] as const)))
      return children
    },
    before,
    after,
    choice,
    value: shape.value && scalarWithAllKeys(shape.value),
    requiredAttributes: [...attributes.values()].filter(({ field }) => field.presence === 'required'),
    datedDefaults: [...attributes.values()].filter(
      ({ field }) => field.presence === 'default' && field.since !== undefined,
    ),
    requiredChildren: all.filter(({ field }) => 'required' in field && field.required === true),
    blank: blank.make,
    fill: blank.fill,
  }
}

function fieldNames(shape: Shape): FieldNames {
  const names: Record<string, FieldNames[string]> = {}
  for (const [key, field] of Object.entries(shape.attributes ?? {})) {
    names[key] = { as: 'attribute', name: field.name ?? key }
  }
  for (const [key, field] of Object.entries(shape.children ?? {})) {
    if (field.kind !== 'choice') names[key] = { as: 'element', name: field.name ?? key }
    else for (const variant of Object.values(field.variants)) Object.assign(names, fieldNames(variant))
  }
  if (shape.value) names.value = { as: 'text', name: '' }
  return names
}

/** Turns a description into tables that parse and format walk without looking at it again. */
export function compile(element: Element<object>): Compiled {
  const shape = compileShape(element.shape)
  const options = optionsWithAllKeys(element.options)
  const { unbuilt, ignored, foreign } = options
  return {
    ...shape,
    element,
    options,
    names: fieldNames(element.shape),
    unbuiltAttributes: new Set(unbuilt?.attributes),
    unbuiltChildren: new Set(unbuilt?.children),
    ignoredAttributes: new Set(ignored?.attributes),
    ignoredChildren: new Set(ignored?.children),
    foreignChildren: new Set(foreign?.children),
    create: (init: object) => {
      const made = shape.blank()
      const given = init as Readonly<Record<string, unknown>>
      for (const key in given) made[key] = given[key]
      const variant = shape.choice?.variants.get(String(made[shape.choice.by]))
      if (variant) {
        variant.fill(made)
        for (const key in given) if (given[key] !== undefined) made[key] = given[key]
      }
      return made
    },
  }
}
