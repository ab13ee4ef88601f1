import { printSubtree } from '../xml/subtree.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { CompiledChild, CompiledShape, Element } from './description.ts'
import { variantOf } from './variant.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

type Fields = { readonly [key: string]: unknown }

/**
 * An object as JSON: what is absent is left out, numbers beyond 2^53 are decimal strings, raw subtrees are XML text.
 * The JSON Schema of the element describes it.
 */
export function toJson<T extends object>(element: Element<T>, value: T): { [key: string]: Json } {
  const { shape } = element.compiled()
  const fields = value as Fields
  const out: { [key: string]: Json } = {}
  fill(out, shape, fields)
  const variant = variantOf(shape, fields)
  if (variant) fill(out, variant, fields)
  return out
}

function fill(out: { [key: string]: Json }, shape: CompiledShape, fields: Fields): void {
  for (const { key, field } of shape.printed) {
    if (field.kind === 'attribute' && fields[key] !== undefined) out[key] = scalarJson(fields[key])
  }
  if (shape.value !== undefined && fields.value !== undefined) out.value = scalarJson(fields.value)
  for (const child of [...shape.before, ...shape.after]) {
    const json = childJson(child, fields[child.key])
    if (json !== undefined) out[child.key] = json
  }
}

function childJson({ field }: CompiledChild, value: unknown): Json | undefined {
  if (value === undefined) return undefined
  switch (field.kind) {
    case 'child':
      return toJson(field.element(), value as object)
    case 'many':
      return many(value as readonly object[], (item) => toJson(field.element(), item))
    case 'texts':
      return many(value as readonly unknown[], scalarJson)
    case 'raw':
      return `${printSubtree(value as XmlElement, 0)}\n`
    default:
      return scalarJson(value)
  }
}

function many<T>(items: readonly T[], json: (item: T) => Json): Json[] | undefined {
  return items.length === 0 ? undefined : items.map(json)
}

function scalarJson(value: unknown): Json {
  if (typeof value !== 'bigint') return value as Json
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : String(value)
}
