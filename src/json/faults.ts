import type { JsonSchema } from './shape.ts'
import { pointerTo } from './text.ts'

/** What a schema has against a value, in the terms of JSON Schema. No value is repeated. */
export type Fault = {
  /** A JSON pointer to the value; to the object, where one of its keys is wrong. */
  readonly pointer: string
  readonly schema: JsonSchema
} & (
  | { readonly keyword: 'type'; readonly type: unknown }
  | { readonly keyword: 'enum'; readonly allowed: readonly unknown[] }
  | { readonly keyword: 'minimum' | 'maximum'; readonly limit: unknown }
  | { readonly keyword: 'pattern'; readonly pattern: unknown }
  | { readonly keyword: 'required' | 'additionalProperties'; readonly key: string }
  | { readonly keyword: 'propertyNames' }
  | { readonly keyword: 'discriminator'; readonly tag: string }
)

type Keyed = { readonly [key: string]: unknown }
type Properties = { readonly [key: string]: JsonSchema }

/**
 * Holds a value against a schema in the vocabulary of `shape.ts`, and tells all that is wrong, in the order in which Ajv does (a
 * test compares them). Ajv itself compiles each schema to a program first: that and loading it was a good quarter of what
 * `vfio check` took beyond Node itself, and forbidden on a page whose policy allows no such programs.
 */
export function faultsOf(schema: JsonSchema, value: unknown): Fault[] {
  const faults: Fault[] = []
  check(schema, value, '', faults)
  return faults
}

function check(schema: JsonSchema, value: unknown, pointer: string, faults: Fault[]): void {
  const { type } = schema
  if (type !== undefined && !isOf(type, value)) faults.push({ pointer, schema, keyword: 'type', type })
  if (typeof value === 'number') checkNumber(schema, value, pointer, faults)
  else if (typeof value === 'string') checkPattern(schema, value, pointer, faults)
  else if (Array.isArray(value)) checkItems(schema, value, pointer, faults)
  else if (typeof value === 'object' && value !== null) checkObject(schema, value as Keyed, pointer, faults)
  const allowed = schema.enum as readonly unknown[] | undefined
  if (allowed?.includes(value) === false) faults.push({ pointer, schema, keyword: 'enum', allowed })
}

function isOf(type: unknown, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}

function checkNumber(schema: JsonSchema, value: number, pointer: string, faults: Fault[]): void {
  const { minimum: least, maximum: most } = schema
  if (typeof most === 'number' && value > most) faults.push({ pointer, schema, keyword: 'maximum', limit: most })
  if (typeof least === 'number' && value < least) faults.push({ pointer, schema, keyword: 'minimum', limit: least })
}

function checkPattern(schema: JsonSchema, value: string, pointer: string, faults: Fault[]): void {
  const { pattern } = schema
  if (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) return
  faults.push({ pointer, schema, keyword: 'pattern', pattern })
}

function checkItems({ items }: JsonSchema, values: readonly unknown[], pointer: string, faults: Fault[]): void {
  if (items === undefined) return
  for (const [index, value] of values.entries()) check(items as JsonSchema, value, `${pointer}/${index}`, faults)
}

function checkObject(schema: JsonSchema, value: Keyed, pointer: string, faults: Fault[]): void {
  const { required = [], discriminator, propertyNames, properties = {}, additionalProperties } = schema
  for (const key of required as readonly string[]) {
    if (!Object.hasOwn(value, key)) faults.push({ pointer, schema, keyword: 'required', key })
  }
  if (discriminator !== undefined) checkChosen(schema, value, pointer, faults)
  if (propertyNames !== undefined) {
    for (const key of Object.keys(value)) {
      const before = faults.length
      check(propertyNames as JsonSchema, key, pointer, faults)
      if (faults.length > before) faults.push({ pointer, schema, keyword: 'propertyNames' })
    }
  }
  const named = properties as Properties
  for (const [key, item] of Object.entries(value)) {
    if (additionalProperties === undefined || additionalProperties === true || Object.hasOwn(named, key)) continue
    if (additionalProperties === false) faults.push({ pointer, schema, keyword: 'additionalProperties', key })
    else check(additionalProperties as JsonSchema, item, pointerTo(pointer, key), faults)
  }
  for (const key in named) {
    if (Object.hasOwn(value, key)) check(named[key]!, value[key], pointerTo(pointer, key), faults)
  }
}

/** Which of several records it is: the one whose schema takes the value of the tag. */
function checkChosen(schema: JsonSchema, value: Keyed, pointer: string, faults: Fault[]): void {
  const { propertyName: tag } = schema.discriminator as { readonly propertyName: string }
  const said = Object.hasOwn(value, tag) ? value[tag] : undefined
  const chosen = (schema.oneOf as readonly JsonSchema[]).find(({ properties }) => {
    return ((properties as Properties)[tag]!.enum as readonly unknown[]).includes(said)
  })
  if (chosen === undefined) faults.push({ pointer, schema, keyword: 'discriminator', tag })
  else check(chosen, value, pointer, faults)
}
