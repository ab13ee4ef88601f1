import type { Span } from '../diagnostic/diagnostic.ts'

/** An attribute as written: `value` is decoded (references resolved, white space normalised). */
export interface XmlAttribute {
  /** The qualified name as written, prefix included. */
  readonly name: string
  readonly value: string
  readonly nameSpan: Span
  /** The raw value between its quotes. */
  readonly valueSpan: Span
}

/** An element with its place in the source. */
export interface XmlElement {
  readonly kind: 'element'
  /** The qualified name as written, prefix included. */
  readonly name: string
  readonly local: string
  /** Namespace URI; the empty string for none. An undeclared prefix resolves to the empty string. */
  readonly uri: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlNode[]
  readonly parent: XmlElement | undefined
  /** From `<` of the start tag to `>` of the end tag. */
  readonly span: Span
  /** The name in the start tag: the best place to point at. */
  readonly nameSpan: Span
  /** Between start tag and end tag; the empty end of `span` where the start tag closes itself. */
  readonly contentSpan: Span
}

export interface XmlText {
  readonly kind: 'text'
  readonly value: string
  readonly span: Span
}

export interface XmlCdata {
  readonly kind: 'cdata'
  readonly value: string
  readonly span: Span
}

export interface XmlComment {
  readonly kind: 'comment'
  readonly value: string
  readonly span: Span
}

export interface XmlInstruction {
  readonly kind: 'instruction'
  readonly target: string
  readonly value: string
  readonly span: Span
}

export type XmlNode = XmlElement | XmlText | XmlCdata | XmlComment | XmlInstruction

/** The same element, in the same place, with another content. */
export function withContent(
  { kind, name, local, uri, attributes, children, parent, span, nameSpan, contentSpan }: XmlElement,
  content: Partial<Pick<XmlElement, 'attributes' | 'children'>>,
): XmlElement {
  return { kind, name, local, uri, attributes, children, parent, span, nameSpan, contentSpan, ...content }
}

/** The text and CDATA children of an element. */
export function textsOf(element: XmlElement): (XmlText | XmlCdata)[] {
  return element.children.filter((child) => child.kind === 'text' || child.kind === 'cdata')
}

/**
 * The text of an element and of all within it, joined in document order. Blanks are layout where an element's content does
 * not begin with a text (oracle: 11.3, 12.8).
 */
export function textOf(element: XmlElement): string {
  let text = ''
  let begins: boolean | undefined
  for (const child of element.children) {
    const isLayout = child.kind === 'text' && !begins && element.children.length > 1 && !/\S/.test(child.value)
    if (isLayout) continue
    begins ??= child.kind === 'text'
    if (child.kind === 'element') text += textOf(child)
    else if (child.kind === 'text' || child.kind === 'cdata') text += child.value
  }
  return text
}

/** Element children in document order. */
export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => child.kind === 'element')
}

export function attributeOf(element: XmlElement, name: string): XmlAttribute | undefined {
  return element.attributes.find((attribute) => attribute.name === name)
}

/** The name in the end tag; undefined where the start tag closes itself. */
export function endNameSpan({ name, span, contentSpan }: XmlElement): Span | undefined {
  if (contentSpan.end === span.end) return undefined
  const start = contentSpan.end + '</'.length
  return { start, end: start + name.length }
}

/**
 * The place of each element child among the siblings of its name, by parent; made once, so that paths stay linear. An
 * element goes by where it starts: one with another content is still the same.
 */
const places = new WeakMap<XmlElement, { readonly length: number; readonly of: ReadonlyMap<number, string> }>()

function placesIn(parent: XmlElement): ReadonlyMap<number, string> {
  const { length } = parent.children
  const known = places.get(parent)
  // While a document is read its elements are still being filled.
  if (known?.length === length) return known.of
  const byName = new Map<string, XmlElement[]>()
  for (const element of elementsOf(parent)) {
    const same = byName.get(element.name)
    if (same === undefined) byName.set(element.name, [element])
    else same.push(element)
  }
  const of = new Map<number, string>()
  for (const same of byName.values()) {
    if (same.length > 1) for (const [index, { span }] of same.entries()) of.set(span.start, `[${index + 1}]`)
  }
  places.set(parent, { length, of })
  return of
}

/** `/domain/devices/disk[2]/source`: a position is given only where siblings share the name. */
export function pathOf(element: XmlElement): string {
  const parent = element.parent
  if (parent === undefined) return `/${element.name}`
  return `${pathOf(parent)}/${element.name}${placesIn(parent).get(element.span.start) ?? ''}`
}
