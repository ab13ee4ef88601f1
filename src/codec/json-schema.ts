import type { Element, Shape } from './description.ts'
import { docOf } from './field.ts'
import type { JsonSchema } from './scalar.ts'

type Properties = { [key: string]: JsonSchema }

/**
 * The JSON Schema (2020-12) of an element as `toJson` prints it. Each element becomes one entry of `$defs`, so that
 * recursive shapes end.
 */
export function jsonSchema<T extends object>(root: Element<T>, id: string): JsonSchema {
  const definitions = new Definitions()
  const reference = definitions.of(root as Element<object>)
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title: root.name,
    description: root.doc,
    ...reference,
    $defs: definitions.all(),
  }
}

class Definitions {
  readonly #names = new Map<Element<object>, string>()
  readonly #schemas = new Map<string, JsonSchema>()

  of(element: Element<object>): JsonSchema {
    const known = this.#names.get(element)
    if (known !== undefined) return { $ref: `#/$defs/${known}` }
    let name = element.name
    for (let n = 2; this.#schemas.has(name); n++) name = `${element.name}-${n}`
    this.#names.set(element, name)
    this.#schemas.set(name, {})
    this.#schemas.set(name, { description: element.doc, ...this.#shape(element.shape) })
    return { $ref: `#/$defs/${name}` }
  }

  all(): Properties {
    return Object.fromEntries(this.#schemas)
  }

  #shape(shape: Shape): JsonSchema {
    const { properties, required } = this.#fields(shape)
    const choice = Object.values(shape.children ?? {}).find((field) => field.kind === 'choice')
    if (choice?.kind !== 'choice') return { type: 'object', properties, required, additionalProperties: false }
    const oneOf = Object.entries(choice.variants).map(([value, variant]) => {
      const own = this.#fields(variant)
      return {
        type: 'object',
        properties: { ...properties, ...own.properties, [choice.by]: { const: value } },
        required: [...new Set([...required, ...own.required, choice.by])],
        additionalProperties: false,
      }
    })
    const chosen = { type: 'object', discriminator: { propertyName: choice.by }, required: [choice.by], oneOf }
    const by = shape.attributes?.[choice.by]
    if (by?.kind !== 'attribute' || by.presence !== 'optional') return chosen
    const { [choice.by]: _, ...common } = properties
    return {
      type: 'object',
      if: { type: 'object', required: [choice.by] },
      // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword, never awaited.
      then: chosen,
      else: { type: 'object', properties: common, required, additionalProperties: false },
    }
  }

  #fields(shape: Shape): { properties: Properties; required: string[] } {
    const properties: Properties = {}
    const required: string[] = []
    for (const [key, field] of Object.entries(shape.attributes ?? {})) {
      if (field.kind === 'derived') continue
      properties[key] = { ...field.scalar.schema, ...(docOf(field) && { description: docOf(field) }) }
      if (field.presence === 'required') required.push(key)
    }
    if (shape.value) properties.value = shape.value.schema
    for (const [key, field] of Object.entries(shape.children ?? {})) {
      if (field.kind === 'choice') continue
      const doc = docOf(field)
      const description = doc === undefined ? {} : { description: doc }
      switch (field.kind) {
        case 'child':
          properties[key] = this.of(field.element())
          break
        case 'many':
          properties[key] = { type: 'array', items: this.of(field.element()) }
          break
        case 'text':
          properties[key] = { ...field.scalar.schema, ...description }
          break
        case 'texts':
          properties[key] = { type: 'array', items: field.scalar.schema, ...description }
          break
        case 'flag':
          properties[key] = { const: true, ...description }
          break
        case 'raw':
          properties[key] = { type: 'string', ...description }
      }
      if ('required' in field && field.required) required.push(key)
    }
    return { properties, required }
  }
}
