import type { AttributeField, Child, ChoiceField, DerivedField, ElementOptions } from './description.ts'
import type { Scalar } from './scalar.ts'

/*
 * Descriptions are written with the keys that they need. Reader and printer look at all of them in the same few places,
 * and an engine finds a property several times as fast where all objects of a place have the same keys in one order.
 */

type Field = AttributeField<unknown> | DerivedField | Exclude<Child, ChoiceField<unknown>>
type KeysOf<T> = { readonly [K in T extends unknown ? keyof T : never]: undefined }

const scalarKeys: KeysOf<Scalar<unknown>> = {
  parse: undefined,
  format: undefined,
  schema: undefined,
  doc: undefined,
  examples: undefined,
  newer: undefined,
  stricter: undefined,
  spelling: undefined,
  secret: undefined,
  emptyIsAbsent: undefined,
}

const fieldKeys: KeysOf<Field> = {
  kind: undefined,
  scalar: undefined,
  element: undefined,
  derive: undefined,
  presence: undefined,
  fallback: undefined,
  omit: undefined,
  required: undefined,
  implied: undefined,
  merges: undefined,
  since: undefined,
  doc: undefined,
  name: undefined,
  once: undefined,
  keepsEmpty: undefined,
  missing: undefined,
  invalid: undefined,
  inferred: undefined,
}

const optionKeys: KeysOf<Required<ElementOptions>> = {
  unbuilt: undefined,
  closed: undefined,
  legacy: undefined,
  lastHolds: undefined,
  settle: undefined,
  omitEmpty: undefined,
  omitWhere: undefined,
  alwaysOpen: undefined,
  namespace: undefined,
  foreign: undefined,
  ignored: undefined,
}

/** The same scalar with every key that a scalar may have, absent ones `undefined`. */
export const scalarWithAllKeys = (scalar: Scalar<unknown>): Scalar<unknown> => ({ ...scalarKeys, ...scalar })

/** The same field with every key that any field may have. */
export function fieldWithAllKeys<F extends Field>(field: F): F {
  const scalar = 'scalar' in field ? { scalar: scalarWithAllKeys(field.scalar) } : {}
  return { ...fieldKeys, ...field, ...scalar }
}

/** The same options with every key that an element's options may have. */
export const optionsWithAllKeys = (options: ElementOptions): ElementOptions => ({ ...optionKeys, ...options })
