import type {
  AttributeField,
  ChildField,
  ChildOptions,
  DerivedField,
  Element,
  FieldOptions,
  FlagField,
  RawField,
  TextField,
  TextsField,
} from './description.ts'
import type { Scalar } from './scalar.ts'

/** A field's documentation: its doc, and since when it is. */
export function docOf({ doc, since }: FieldOptions): string | undefined {
  if (since === undefined) return doc
  return doc === undefined ? `Since libvirt ${since}.` : `${doc} Since libvirt ${since}.`
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
