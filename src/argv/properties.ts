import { type Aliased, type From, named, of } from './piece.ts'

/** null: JSON's own, where an option tells it from an absent one; a name alone in `key=value` text. */
export type PropertyScalar = string | number | bigint | boolean | null

/** A set of small numbers: JSON prints a list, `key=value` prints ranges under a repeated key. */
export interface NumberSet {
  readonly numbers: readonly number[]
}

export type PropertyValue = PropertyScalar | Properties | NumberSet | readonly (PropertyScalar | Properties)[]

export interface Property {
  readonly name: string
  readonly value: PropertyValue
  readonly from: From
  readonly secret: boolean
}

/**
 * An ordered list of named values with their sources, as QEMU's options take them. What is put as `undefined` is left
 * out, so that a slice reads as a list of its properties. Two printers read it: `json.ts` and `key-value.ts`.
 */
export class Properties {
  readonly list: Property[] = []

  /** Adds one property. */
  put(name: string, value: PropertyValue | undefined, from: From): this {
    if (value !== undefined) this.list.push({ name, value, from, secret: false })
    return this
  }

  /** Adds a field's value as it stands. */
  field<T extends object, K extends keyof T & string>(
    name: string,
    owner: T,
    key: K & FieldOf<T, PropertyValue>,
  ): this {
    return this.put(name, owner[key as K] as PropertyValue | undefined, of(owner, key))
  }

  /** Adds `id`: the name by which QEMU and other options call the device. @param names who knows every alias */
  id<T extends Aliased>(device: T, names: { alias(device: T): string }): this {
    return this.put('id', names.alias(device), named(device))
  }

  /** Adds a value that `--redact` hides. */
  secret(name: string, value: PropertyValue | undefined, from: From): this {
    if (value !== undefined) this.list.push({ name, value, from, secret: true })
    return this
  }

  /** Adds all of another list. */
  append(other: Properties | undefined): this {
    if (other) this.list.push(...other.list)
    return this
  }

  get size(): number {
    return this.list.length
  }
}

/** The keys of T whose values fit. */
export type FieldOf<T, V> = { [K in keyof T]-?: T[K] extends V | undefined ? K : never }[keyof T]

export function isNumberSet(value: PropertyValue): value is NumberSet {
  return typeof value === 'object' && value !== null && 'numbers' in value
}
