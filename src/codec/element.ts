import { compile } from './compile.ts'
import type {
  Attributes,
  Children,
  ChoiceField,
  Compiled,
  DerivedField,
  Element,
  ElementOptions,
  FlagField,
  Init,
  Shape,
  Typed,
} from './description.ts'
import type { Scalar } from './scalar.ts'

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

class Described<T extends object> implements Element<T> {
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
  return new Described<InferShape<S>>(name, doc, shape, options)
}
