import type { Span } from '../diagnostic/diagnostic.ts'
import { attributeOf, elementsOf, endNameSpan, pathOf, type XmlElement } from '../xml/tree.ts'

/** Where a value came from. */
export type Origin =
  | { readonly kind: 'xml'; readonly span: Span; readonly path: string }
  | { readonly kind: 'default'; readonly rule: string }
  | { readonly kind: 'implicit'; readonly rule: string }
  | { readonly kind: 'address'; readonly rule: string }
  | { readonly kind: 'capability'; readonly flag: string }
  | { readonly kind: 'machine'; readonly fact: string }
  | { readonly kind: 'host'; readonly fact: string }
  | { readonly kind: 'assumed'; readonly fact: string }

export const defaultRule = (rule: string): Origin => ({ kind: 'default', rule })
export const implicitRule = (rule: string): Origin => ({ kind: 'implicit', rule })
export const addressRule = (rule: string): Origin => ({ kind: 'address', rule })
/** The machine type has it by itself. */
export const machineFact = (fact: string): Origin => ({ kind: 'machine', fact })
/** Nobody described the host; a fresh libvirt has it so. */
export const assumedFact = (fact: string): Origin => ({ kind: 'assumed', fact })
export const hostFact = (fact: string): Origin => ({ kind: 'host', fact })

/** How the fields of one element are spelt in XML; one table an element description, shared by all its objects. */
export type FieldNames = {
  readonly [field: string]: { readonly as: 'attribute' | 'element' | 'text'; readonly name: string }
}

const PARSED = 0
const MADE = 1
const WROTE = 2
const ADOPTED = 3
/** So many entries a note has. */
const NOTE = 4

interface Parsed {
  readonly node: XmlElement
  readonly names: FieldNames
}

/** What is known of one object. */
interface Known {
  parsed: Parsed | undefined
  made: Origin | undefined
  written: Map<string, Origin> | undefined
}

/**
 * The side table of origins, keyed by object identity: definitions stay plain data. What the parser made is looked up in
 * the XML tree only when asked; what a stage wrote carries its reason. Reasons are noted in the order they come, and are
 * put in a table at the first question: most documents never ask one.
 */
export class Origins {
  /** Since the last question: an owner, what happened to it, and the details, one after the other. */
  #notes: unknown[] = []
  readonly #known = new Map<object, Known>()
  /** Where secrets stand in the source: never shown in a code frame. */
  readonly secrets: Span[] = []

  /** The parser made `owner` from `node`. */
  parsed(owner: object, node: XmlElement, names: FieldNames): void {
    this.#notes.push(owner, PARSED, node, names)
  }

  /** A stage made `owner` itself. */
  made(owner: object, origin: Origin): void {
    this.#notes.push(owner, MADE, origin, undefined)
  }

  /** A stage wrote one field of `owner`. */
  wrote(owner: object, field: string, origin: Origin): void {
    this.#notes.push(owner, WROTE, field, origin)
  }

  /** A stage wrote `owner` into a field: it made it, too, where nobody else has. */
  adopted(owner: object, origin: Origin): void {
    this.#notes.push(owner, ADOPTED, origin, undefined)
  }

  #of(owner: object): Known | undefined {
    if (this.#notes.length > 0) this.#settle()
    return this.#known.get(owner)
  }

  #settle(): void {
    const notes = this.#notes
    this.#notes = []
    for (let at = 0; at < notes.length; at += NOTE) {
      const owner = notes[at] as object
      let known = this.#known.get(owner)
      if (known === undefined) {
        known = { parsed: undefined, made: undefined, written: undefined }
        this.#known.set(owner, known)
      }
      note(known, notes[at + 1], notes[at + 2], notes[at + 3])
    }
  }

  /** The element that `owner` was parsed from, if it was. */
  nodeOf(owner: object): XmlElement | undefined {
    return this.#of(owner)?.parsed?.node
  }

  /** The attribute or child element that `field` was parsed from; undefined where it does not stand in the source. */
  placeOf(owner: object, field: string): { span: Span; path: string } | undefined {
    const parsed = this.#of(owner)?.parsed
    const spelt = parsed?.names[field]
    if (parsed === undefined || spelt === undefined) return undefined
    const { node } = parsed
    if (spelt.as === 'text') return { span: contentOf(node) ?? node.span, path: pathOf(node) }
    if (spelt.as === 'attribute') {
      const attribute = attributeOf(node, spelt.name)
      return attribute && { span: attribute.valueSpan, path: `${pathOf(node)}/@${spelt.name}` }
    }
    const child = elementsOf(node).find((element) => element.local === spelt.name)
    return child && { span: child.nameSpan, path: pathOf(child) }
  }

  /** An attribute by its name in the source, whether a field stands for it or not; the place is its name. */
  attributeOf(owner: object, name: string): { span: Span; path: string } | undefined {
    const node = this.nodeOf(owner)
    const attribute = node && attributeOf(node, name)
    return attribute && { span: attribute.nameSpan, path: `${pathOf(node)}/@${name}` }
  }

  /** The text that says the value of `field`: of an attribute between its quotes, of an element between its tags. */
  valueOf(owner: object, field: string): Span | undefined {
    const parsed = this.#of(owner)?.parsed
    const spelt = parsed?.names[field]
    if (parsed === undefined || spelt === undefined) return undefined
    const { node } = parsed
    if (spelt.as === 'text') return contentOf(node)
    if (spelt.as === 'attribute') return attributeOf(node, spelt.name)?.valueSpan
    return contentOf(elementsOf(node).find((element) => element.local === spelt.name))
  }

  /** Where a field of `owner` came from, or the whole object where nothing finer is known or asked for. */
  of(owner: object, field?: string): Origin | undefined {
    if (field !== undefined) {
      const written = this.#of(owner)?.written?.get(field)
      if (written !== undefined) return written
      const place = this.placeOf(owner, field)
      if (place !== undefined) return { kind: 'xml', ...place }
    }
    const made = this.#of(owner)?.made
    if (made !== undefined) return made
    const node = this.#of(owner)?.parsed?.node
    return node && { kind: 'xml', span: node.nameSpan, path: pathOf(node) }
  }
}

function note(known: Known, what: unknown, first: unknown, second: unknown): void {
  if (what === PARSED) known.parsed = { node: first as XmlElement, names: second as FieldNames }
  else if (what === MADE) known.made = first as Origin
  else if (what === ADOPTED) {
    if (known.parsed === undefined && known.made === undefined) known.made = first as Origin
  } else {
    known.written ??= new Map()
    known.written.set(first as string, second as Origin)
  }
}

function contentOf(node: XmlElement | undefined): Span | undefined {
  return node && endNameSpan(node) && node.contentSpan
}
