import type { FieldNames } from '../origin/origin.ts'
import { prefixed } from './compile-child.ts'
import { compileShape } from './compile-shape.ts'
import type { Compiled, Element, Shape } from './description.ts'
import { optionsWithAllKeys } from './same-keys.ts'
import { Tag } from './tag.ts'
import { variantOf } from './variant.ts'

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
  const options = optionsWithAllKeys(element.options)
  const shape = compileShape(element.shape, options)
  const { unbuilt, ignored, foreign } = options
  return {
    element,
    shape,
    options,
    names: fieldNames(element.shape),
    tag: new Tag(prefixed(options.namespace, element.name)),
    unbuiltAttributes: new Set(unbuilt?.attributes),
    unbuiltChildren: new Set(unbuilt?.children),
    ignoredAttributes: new Set(ignored?.attributes),
    ignoredChildren: new Set(ignored?.children),
    foreignChildren: new Set(foreign?.children),
    create: (init: object) => {
      const made = shape.blank.make.now()
      const given = init as Readonly<Record<string, unknown>>
      for (const key in given) made[key] = given[key]
      const variant = variantOf(shape, made)
      if (variant) {
        variant.blank.fill.now(made)
        for (const key in given) if (given[key] !== undefined) made[key] = given[key]
      }
      return made
    },
  }
}
