import type { XmlElement } from '../xml/tree.ts'
import type { XmlWriter } from '../xml/write.ts'
import type { Element, Shape } from './element.ts'
import type { ReadContext } from './parse.ts'
import type { JsonSchema, Scalar, Since } from './scalar.ts'

/** Carries an inferred type through a description; never has a value. */
export interface Typed<T> {
  readonly inferred?: () => T
}

export interface FieldOptions {
  /** The release that has it first; an older reader ignores it. Absent: all have it. */
  readonly since?: Since
  /** One line for the element's page. */
  readonly doc?: string
  /** The XML name where it differs from the key. */
  readonly name?: string
  /** A second element of this name is refused; elsewhere only the first counts. */
  readonly once?: boolean
  /** An empty text is a value of its own, and not the same as none. */
  readonly keepsEmpty?: true
  /** The diagnostic code where the field is missing though required. */
  readonly missing?: string
  /** The diagnostic code where the text is not a value. */
  readonly invalid?: string
}

/** A field's documentation: its doc, and since when it is. */
export function docOf({ doc, since }: FieldOptions): string | undefined {
  if (since === undefined) return doc
  return doc === undefined ? `Since libvirt ${since}.` : `${doc} Since libvirt ${since}.`
}

export interface AttributeField<T> extends Typed<T>, FieldOptions {
  readonly kind: 'attribute'
  readonly scalar: Scalar<unknown>
  readonly presence: 'optional' | 'required' | 'default'
  readonly fallback?: unknown
  readonly omit?: (value: unknown) => boolean
}

/** Printed, never read: its text follows from the other fields. */
export interface DerivedField extends FieldOptions {
  readonly kind: 'derived'
  readonly derive: (owner: object) => string | undefined
}

/** An attribute that may be left out. `omit` names values that are not printed. */
export function optional<T>(
  scalar: Scalar<T>,
  options: FieldOptions & { omit?: (value: T) => boolean } = {},
): AttributeField<T | undefined> {
  const { omit, ...rest } = options
  return {
    kind: 'attribute',
    scalar,
    presence: 'optional',
    ...rest,
    ...(omit && { omit: (value: unknown) => omit(value as T) }),
  }
}

/** An attribute whose absence is an error. */
export function required<T>(scalar: Scalar<T>, options: FieldOptions = {}): AttributeField<T> {
  return { kind: 'attribute', scalar, presence: 'required', ...options }
}

/** An attribute that the parser fills where it is absent. It is always printed, but for values that `omit` names. */
export function withDefault<T>(
  scalar: Scalar<T>,
  fallback: T,
  options: FieldOptions & { omit?: (value: T) => boolean } = {},
): AttributeField<T> {
  const { omit, ...rest } = options
  return {
    kind: 'attribute',
    scalar,
    presence: 'default',
    fallback,
    ...rest,
    ...(omit && { omit: (value: unknown) => omit(value as T) }),
  }
}

/** An attribute that is only printed. */
export function derived<T extends object>(
  derive: (owner: T) => string | undefined,
  options: FieldOptions = {},
): DerivedField {
  return { kind: 'derived', derive: (owner) => derive(owner as T), ...options }
}

export interface ChildOptions extends FieldOptions {
  /** Where it stands more than once, all are read as one: with the children of all, or with the named ones alone. */
  readonly merges?: true | readonly string[]
}

export interface ChildField<T> extends Typed<T>, ChildOptions {
  readonly kind: 'child' | 'many'
  readonly element: () => Element<object>
  readonly required?: boolean
  /** Made with its defaults where it does not stand in the document. */
  readonly implied?: boolean
}

export interface TextField<T> extends Typed<T>, FieldOptions {
  readonly kind: 'text'
  readonly scalar: Scalar<unknown>
  readonly required?: boolean
}

/** Like `text`, for an element that may stand several times. */
export interface TextsField<T> extends Typed<T>, FieldOptions {
  readonly kind: 'texts'
  readonly scalar: Scalar<unknown>
}

export interface FlagField extends Typed<true | undefined>, FieldOptions {
  readonly kind: 'flag'
}

export interface RawField extends Typed<XmlElement | undefined>, FieldOptions {
  readonly kind: 'raw'
}

/** A child that reads and prints itself. */
export interface CustomField<T> extends Typed<T>, FieldOptions {
  readonly kind: 'custom'
  /** The names of the child elements that it reads. */
  readonly names: readonly string[]
  readonly empty: () => T
  readonly read: (value: T, node: XmlElement, context: ReadContext) => T
  readonly write: (writer: XmlWriter, value: T, owner: object) => void
  readonly schema: JsonSchema
}

export interface ChoiceField<T> extends Typed<T> {
  readonly kind: 'choice'
  readonly by: string
  readonly variants: { readonly [value: string]: Shape }
}

/** One child element, absent or present. */
export function child<T extends object>(element: Element<T>, options: ChildOptions = {}): ChildField<T | undefined> {
  return { kind: 'child', element: () => element as Element<object>, ...options }
}

/** One child element whose absence is an error. */
export function requiredChild<T extends object>(element: Element<T>, options: ChildOptions = {}): ChildField<T> {
  return { kind: 'child', element: () => element as Element<object>, required: true, ...options }
}

/** One child element that is there whether the document writes it or not. */
export function impliedChild<T extends object>(element: Element<T>, options: ChildOptions = {}): ChildField<T> {
  return { kind: 'child', element: () => element as Element<object>, required: true, implied: true, ...options }
}

/** Any number of child elements of one name. */
export function many<T extends object>(element: Element<T>, options: FieldOptions = {}): ChildField<readonly T[]> {
  return { kind: 'many', element: () => element as Element<object>, ...options }
}

/** One child element described by something that refers back to the parent (a backing chain). The type is named by hand. */
export function lazy<T extends object>(
  element: () => Element<T>,
  options: FieldOptions = {},
): ChildField<T | undefined> {
  return { kind: 'child', element: () => element() as Element<object>, ...options }
}

/** `<name>value</name>`. */
export function textChild<T>(scalar: Scalar<T>, options: FieldOptions = {}): TextField<T | undefined> {
  return { kind: 'text', scalar, ...options }
}

/** `<name>value</name>`, whose absence is an error. */
export function requiredText<T>(scalar: Scalar<T>, options: FieldOptions = {}): TextField<T> {
  return { kind: 'text', scalar, required: true, ...options }
}

/** `<name>value</name>`, any number of times. */
export function textChildren<T>(scalar: Scalar<T>, options: FieldOptions = {}): TextsField<readonly T[]> {
  return { kind: 'texts', scalar, ...options }
}

/** `<name/>`: true where it stands. */
export function flag(options: FieldOptions = {}): FlagField {
  return { kind: 'flag', ...options }
}

/** A subtree kept as it is. */
export function raw(options: FieldOptions = {}): RawField {
  return { kind: 'raw', ...options }
}

export function custom<T>(field: Omit<CustomField<T>, 'kind' | 'inferred'>): CustomField<T> {
  return { kind: 'custom', ...field }
}
