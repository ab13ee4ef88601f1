import type { Span } from '../diagnostic/diagnostic.ts'
import type { XmlAttribute, XmlElement, XmlNode, XmlText } from './tree.ts'

/*
 * The nodes of a document that was read. Places are numbers until someone asks: a document has several for each
 * element and attribute, and most are never looked at.
 */

export class ReadAttribute implements XmlAttribute {
  readonly name: string
  readonly value: string
  private readonly start: number
  private readonly valueStart: number
  private readonly valueEnd: number

  constructor(name: string, value: string, start: number, valueStart: number, valueEnd: number) {
    this.name = name
    this.value = value
    this.start = start
    this.valueStart = valueStart
    this.valueEnd = valueEnd
  }

  get nameSpan(): Span {
    return { start: this.start, end: this.start + this.name.length }
  }

  get valueSpan(): Span {
    return { start: this.valueStart, end: this.valueEnd }
  }
}

export class ReadText implements XmlText {
  readonly kind = 'text'
  readonly value: string
  private readonly start: number
  private readonly end: number

  constructor(value: string, start: number, end: number) {
    this.value = value
    this.start = start
    this.end = end
  }

  get span(): Span {
    return { start: this.start, end: this.end }
  }
}

/** Offsets of an element: of its `<`, behind its `>`, and of what stands between its tags. */
export interface ElementPlace {
  readonly start: number
  readonly end: number
  readonly contentStart: number
  contentEnd: number
}

interface Named {
  readonly name: string
  readonly local: string
  readonly uri: string
}

/** An element; `children` and the end of its content are filled while the document is read. */
export class ReadElement implements XmlElement {
  readonly kind = 'element'
  readonly name: string
  readonly local: string
  readonly uri: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlNode[]
  readonly parent: XmlElement | undefined
  private readonly place: ElementPlace

  constructor(
    { name, local, uri }: Named,
    place: ElementPlace,
    parent: XmlElement | undefined,
    attributes: readonly XmlAttribute[],
    children: readonly XmlNode[],
  ) {
    this.name = name
    this.local = local
    this.uri = uri
    this.attributes = attributes
    this.children = children
    this.parent = parent
    this.place = place
  }

  get span(): Span {
    return { start: this.place.start, end: this.place.end }
  }

  get nameSpan(): Span {
    const start = this.place.start + 1
    return { start, end: start + this.name.length }
  }

  get contentSpan(): Span {
    return { start: this.place.contentStart, end: this.place.contentEnd }
  }
}
