import type { XmlElement } from '../xml/tree.ts'
import { type Compiled, compile } from './compile.ts'
import type {
  AttributeField,
  ChildField,
  ChoiceField,
  CustomField,
  DerivedField,
  FlagField,
  RawField,
  TextField,
  TextsField,
  Typed,
} from './field.ts'
import type { Scalar, Since } from './scalar.ts'

export type Attributes = { readonly [key: string]: AttributeField<unknown> | DerivedField }
export type Child =
  | ChildField<unknown>
  | TextField<unknown>
  | TextsField<unknown>
  | FlagField
  | RawField
  | CustomField<unknown>
  | ChoiceField<unknown>
export type Children = { readonly [key: string]: Child }

/**
 * An element in two parts. Key order is the output order, keys are the XML's names (`name` in a field's options where the
 * same name stands in both parts). `by`, if there is one, is the choice: it stands where its children print.
 */
export interface Shape {
  readonly attributes?: Attributes
  readonly children?: Children
  /** The element's own text, as field `value`. */
  readonly value?: Scalar<unknown>
}

/** An element just read, still open for its own rules. */
export interface Settling {
  readonly fields: Record<string, unknown>
  readonly node: XmlElement
  /** Whether the reader knows what has this date. */
  knows(since: Since): boolean
  /** Reports an error at the element, or at one of its attributes. */
  error(finding: { code: string; message: string; hint?: string; attribute?: string }): void
}

export interface ElementOptions {
  /** Attributes and children that libvirt knows and this project has not built: refused, never skipped. */
  readonly unbuilt?: {
    readonly attributes?: readonly string[]
    readonly children?: readonly string[]
    /** The releases that brought children: an older one ignores them. */
    readonly since?: { readonly [child: string]: Since }
  }
  /** Children that it does not know are an error of this code, where others ignore them; `unless` lets them pass. */
  readonly closed?: {
    readonly code: string
    readonly unless?: (fields: { readonly [key: string]: unknown }) => boolean
  }
  /** Rewrites an old spelling before it is read; spans are kept. */
  readonly legacy?: (node: XmlElement) => XmlElement
  /** Of a child that stands more than once the last counts, with what only the ones before have; else the first. */
  readonly lastHolds?: true
  /** Runs when the element has been read: brings units to one, checks attributes against each other. */
  readonly settle?: (settling: Settling) => void
  /** Not printed where it would be empty. */
  readonly omitEmpty?: boolean
  /** Not printed where this holds of its fields. */
  readonly omitWhere?: (fields: { readonly [key: string]: unknown }) => boolean
  /** Its end tag stands on a line of its own, even where nothing is inside; with a function: where that holds of its fields. */
  readonly alwaysOpen?: boolean | ((fields: { readonly [key: string]: unknown }) => boolean)
  readonly namespace?: { readonly prefix: string; readonly uri: string }
  /** Attributes and children that an old libvirt wrote and every libvirt ignores: neither read nor reported. */
  readonly ignored?: { readonly attributes?: readonly string[]; readonly children?: readonly string[] }
}

type Flat<T> = { [K in keyof T]: T[K] }
type Value<F> = F extends Typed<infer T> ? T : never
type InferAttributes<A> = {
  readonly [K in keyof A as A[K] extends DerivedField ? never : K]: Value<A[K]>
}
type InferChildren<C> = {
  readonly [K in keyof C as K extends 'by' ? never : K]: C[K] extends FlagField ? true | undefined : Value<C[K]>
}
type InferBy<C> = C extends { readonly by: ChoiceField<infer U> } ? U : unknown
type InferText<S> = S extends { readonly value: Scalar<infer T> } ? { readonly value: T | undefined } : unknown

/** The definition type of a shape: one field a key, all present, `undefined` where the XML says nothing. */
export type InferShape<S extends Shape> = Flat<
  InferAttributes<S['attributes'] extends Attributes ? S['attributes'] : object> &
    InferChildren<S['children'] extends Children ? S['children'] : object> &
    InferText<S>
> &
  InferBy<S['children']>

export type Infer<E> = E extends Element<infer T> ? T : never

type Variants<D extends string, V extends { readonly [value: string]: Shape }> = {
  [K in keyof V & string]: { readonly [P in D]: K } & InferShape<V[K]>
}[keyof V & string]

/** Fields that depend on the value of an attribute of the same element. Stands under the key `by`. */
export function choice<const D extends string, const V extends { readonly [value: string]: Shape }>(
  by: D,
  variants: V,
): ChoiceField<Variants<D, V>> {
  return { kind: 'choice', by, variants }
}

/** What a caller may leave out when it makes an object by hand. */
export type Init<T> = T extends object ? { readonly [K in keyof T]?: T[K] } : never

/** An element description; compiled once, at first use. */
export class Element<T extends object> implements Typed<T> {
  declare readonly inferred?: () => T
  readonly name: string
  readonly doc: string
  readonly shape: Shape
  readonly options: ElementOptions
  #compiled: Compiled | undefined

  constructor(name: string, doc: string, shape: Shape, options: ElementOptions) {
    this.name = name
    this.doc = doc
    this.shape = shape
    this.options = options
  }

  compiled(): Compiled {
    this.#compiled ??= compile(this)
    return this.#compiled
  }

  /** A new object with defaults filled and everything else absent, for devices that stages add. */
  create(init: Init<T>): T {
    return this.compiled().create(init) as T
  }
}

/** Describes an element: its name, one line of documentation, its parts. */
export function element<const S extends Shape>(
  name: string,
  doc: string,
  shape: S,
  options: ElementOptions = {},
): Element<InferShape<S>> {
  return new Element<InferShape<S>>(name, doc, shape, options)
}
