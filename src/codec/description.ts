import type { FieldNames } from '../origin/origin.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { Blank } from './blank.ts'
import type { Often } from './generated.ts'
import type { Scalar, Since } from './scalar.ts'
import type { Tag } from './tag.ts'

/*
 * What a description is made of. Elements hold fields, fields hold elements, and both are compiled: types that name each
 * other, and so stand in one file.
 */

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

export interface ChildOptions extends FieldOptions {
  /**
   * Where it stands more than once, all are read as one: with the children of all, or with the named ones alone. `of each`:
   * it does so where its parent stands more than once, and of each parent the first one counts.
   */
  readonly merges?: true | 'of each' | readonly string[]
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

export interface ChoiceField<T> extends Typed<T> {
  readonly kind: 'choice'
  readonly by: string
  readonly variants: { readonly [value: string]: Shape }
}

export type Attributes = { readonly [key: string]: AttributeField<unknown> | DerivedField }
export type Child =
  | ChildField<unknown>
  | TextField<unknown>
  | TextsField<unknown>
  | FlagField
  | RawField
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
  /** Its end tag stands on a line of its own, even where nothing is inside: always, before a date, or where that holds of its fields. */
  readonly alwaysOpen?: boolean | { readonly until: Since } | ((fields: { readonly [key: string]: unknown }) => boolean)
  readonly namespace?: { readonly prefix: string; readonly uri: string }
  /** Children of guests of other hypervisors: not read here, and said to be theirs. */
  readonly foreign?: { readonly children: readonly string[] }
  /** Attributes and children that an old libvirt wrote and every libvirt ignores: neither read nor reported. */
  readonly ignored?: { readonly attributes?: readonly string[]; readonly children?: readonly string[] }
}

/** What a caller may leave out when it makes an object by hand. */
export type Init<T> = T extends object ? { readonly [K in keyof T]?: T[K] } : never

/** An element description; compiled once, at first use. */
export interface Element<T extends object> extends Typed<T> {
  readonly name: string
  readonly doc: string
  readonly shape: Shape
  readonly options: ElementOptions
  compiled(): Compiled
  /** A new object with defaults filled and everything else absent, for devices that stages add. */
  create(init: Init<T>): T
}

export interface CompiledAttribute {
  readonly key: string
  readonly name: string
  readonly field: AttributeField<unknown>
}

export interface CompiledChild {
  readonly key: string
  readonly name: string
  /** The keys under which it is found in a document: namespace and local name. */
  keys(): readonly string[]
  readonly field: Exclude<Child, ChoiceField<unknown>>
  /** It is a text of which the same is true as of a plain attribute. */
  readonly isPlain: boolean
  /** Under which it is printed. Asked for late: it may describe an element whose module is still loading. */
  tag(): Tag
}

/** Whose form a document has. */
export interface Form {
  /** Whether the document is one of a time that has what came at this date. */
  knows(since: Since): boolean
}

/** What prints, in order: an attribute or derived field. */
export interface PrintedAttribute {
  readonly key: string
  readonly name: string
  /** What it begins with in a document. */
  readonly start: string
  readonly field: AttributeField<unknown> | DerivedField
  /** None of its values has a character that XML writes in another way. */
  readonly isPlain: boolean
  /** Where its values are a few words: all that is printed of each, kept from the first time on. */
  readonly printedWords: Map<unknown, string> | undefined
}

/**
 * What is printed so far (`out`), and behind it the lines of one element, none where it is one that is not printed: one
 * text that grows takes less memory than texts of elements put into each other. @param depth how many elements are
 * around it
 */
export type Print = Often<
  (out: string, fields: { readonly [key: string]: unknown }, tag: Tag, form: Form, depth: number) => string
>

/** One shape, ready to read and print. */
export interface CompiledShape {
  readonly attributes: ReadonlyMap<string, CompiledAttribute>
  readonly printed: readonly PrintedAttribute[]
  children(): ReadonlyMap<string, CompiledChild>
  /** Children before and after the choice, in output order. */
  readonly before: readonly CompiledChild[]
  readonly after: readonly CompiledChild[]
  /** What prints of an object: of a variant's, with what it has of the element. */
  readonly print: Print
  readonly choice:
    | {
        readonly by: string
        readonly variants: ReadonlyMap<string, CompiledShape>
        /** The one that an object's fields choose. */
        readonly variant: Often<(fields: { readonly [key: string]: unknown }) => CompiledShape | undefined>
      }
    | undefined
  readonly value: Scalar<unknown> | undefined
  readonly requiredAttributes: readonly CompiledAttribute[]
  /** Attributes with a default that not every reader knows. */
  readonly datedDefaults: readonly CompiledAttribute[]
  readonly requiredChildren: readonly CompiledChild[]
  /** Makes objects with every key, defaults filled. */
  readonly blank: Blank
}

export interface Compiled {
  readonly element: Element<object>
  readonly shape: CompiledShape
  readonly options: ElementOptions
  readonly names: FieldNames
  readonly tag: Tag
  readonly unbuiltAttributes: ReadonlySet<string>
  readonly unbuiltChildren: ReadonlySet<string>
  readonly ignoredAttributes: ReadonlySet<string>
  readonly ignoredChildren: ReadonlySet<string>
  readonly foreignChildren: ReadonlySet<string>
  create(init: object): object
}
