import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { Namespaces, prefixOf } from './namespaces.ts'
import { type ElementPlace, ReadAttribute, ReadElement, ReadText } from './nodes.ts'
import { decodeText, decodeValue, normalizeLineEnds } from './references.ts'
import type { Scan } from './scan.ts'
import type { XmlAttribute, XmlElement, XmlNode } from './tree.ts'

/** Keys that no XML name can be, so that they tell the parser's nodes apart. */
export const TEXT = '#text'
export const COMMENT = '#comment'
export const CDATA = '#cdata'
/** Of all elements, whatever their name. */
export const ELEMENT = '#element'

/** A node of fast-xml-parser in its ordered form: one key says what it is, the key's value holds its children. */
export type ParsedNode = { readonly [key: string]: unknown }

const BANG = 33
const HYPHEN = 45
const SLASH = 47
const LESS = 60
const QUESTION = 63

const NO_ATTRIBUTES: readonly XmlAttribute[] = Object.freeze([])

/** The parser's tree and the scan do not tell the same story. */
class Disagreement extends Error {}

/**
 * Puts the parser's tree and the scan's places together: both are in document order, and an element of one is the
 * element of the other that starts at the same offset. Throws {@link Disagreement} where one is not.
 */
export class Join {
  readonly diagnostics: Diagnostic[] = []
  private readonly text: string
  private readonly scan: Scan
  private readonly startOf: (node: ParsedNode) => number | undefined
  private readonly namespaces = new Namespaces()
  private readonly undeclared = new Set<string>()
  private element = 0
  private attribute = 0
  private at = 0

  /** `startOf` gives the offset that the parser noted for an element or a processing instruction. */
  constructor(text: string, scan: Scan, startOf: (node: ParsedNode) => number | undefined) {
    this.text = text
    this.scan = scan
    this.startOf = startOf
  }

  /** The root among the nodes of the document. What stands around it is of no use to anyone. */
  root(nodes: readonly ParsedNode[]): XmlElement {
    const start = this.scan.starts[0]
    const node = nodes.find((candidate) => this.startOf(candidate) === start)
    if (node === undefined || start === undefined) throw new Disagreement()
    this.at = start
    const root = this.elementOf(node, start, undefined)
    if (this.element !== this.scan.starts.length) throw new Disagreement()
    return root
  }

  private elementOf(node: ParsedNode, noted: number | undefined, parent: XmlElement | undefined): XmlElement {
    const { scan, text } = this
    const index = this.element++
    const start = this.at
    if (scan.starts[index] !== start || noted !== start) throw new Disagreement()
    const name = scan.names[index]!
    const end = scan.ends[index]!
    const attributes = this.attributesOf(index)
    const undo = this.namespaces.enter(attributes)
    const prefix = this.prefix(name, start + 1)
    const local = prefix === '' ? name : name.slice(prefix.length + 1)
    const uri = this.namespaces.resolve(prefix) ?? ''
    const nodes = childrenOf(node)
    const children = new Array<XmlNode>(nodes.length)
    const place: ElementPlace = { start, end, contentStart: scan.contents[index]!, contentEnd: end }
    const element = new ReadElement({ name, local, uri }, place, parent, attributes, children)
    const first = this.attribute - attributes.length
    for (let at = 0; at < attributes.length; at++) {
      this.prefix(attributes[at]!.name, scan.attributeStarts[first + at]!)
    }
    this.at = place.contentStart
    for (let child = 0; child < nodes.length; child++) children[child] = this.nodeOf(nodes[child]!, element)
    const complete = this.at === end || (text.charCodeAt(this.at) === LESS && text.charCodeAt(this.at + 1) === SLASH)
    if (!complete) throw new Disagreement()
    place.contentEnd = this.at
    this.at = end
    this.namespaces.leave(undo)
    return element
  }

  /** What stands at `at` says what a node is. The parser must agree whether it is one whose start it notes. */
  private nodeOf(node: ParsedNode, parent: XmlElement): XmlNode {
    const { text } = this
    const start = this.at
    const noted = this.startOf(node)
    if (text.charCodeAt(start) !== LESS) {
      if (noted !== undefined) throw new Disagreement()
      this.at = text.indexOf('<', start)
      return new ReadText(decodeText(text.slice(start, this.at)), start, this.at)
    }
    const code = text.charCodeAt(start + 1)
    if (code === BANG) {
      if (text.charCodeAt(start + 2) === HYPHEN) {
        const span = this.upTo('-->', 3, start + 4)
        return { kind: 'comment', value: normalizeLineEnds(text.slice(start + 4, span.end - 3)), span }
      }
      const span = this.upTo(']]>', 3)
      return { kind: 'cdata', value: normalizeLineEnds(text.slice(start + 9, span.end - 3)), span }
    }
    if (code !== QUESTION) return this.elementOf(node, noted, parent)
    const span = this.upTo('?>', 2)
    const [, target = '', value = ''] = /^([^ \t\r\n]+)[ \t\r\n]*(.*)$/s.exec(text.slice(start + 2, span.end - 2)) ?? []
    return { kind: 'instruction', target, value: normalizeLineEnds(value), span }
  }

  /** From here to the end of the next `mark` at or behind `from`, which is `length` long; moves behind it. */
  private upTo(mark: string, length: number, from = this.at): { start: number; end: number } {
    const start = this.at
    this.at = this.text.indexOf(mark, from) + length
    return { start, end: this.at }
  }

  private attributesOf(index: number): readonly XmlAttribute[] {
    const { scan, text } = this
    const stop = scan.attributeCounts[index]!
    const first = this.attribute
    if (first === stop) return NO_ATTRIBUTES
    // As long as it will be: a list that grows takes room for far more at once.
    const attributes = new Array<XmlAttribute>(stop - first)
    for (; this.attribute < stop; this.attribute++) {
      const name = scan.attributeNames[this.attribute]!
      const nameStart = scan.attributeStarts[this.attribute]!
      const start = scan.valueStarts[this.attribute]!
      const end = scan.valueEnds[this.attribute]!
      attributes[this.attribute - first] = new ReadAttribute(
        name,
        decodeValue(text.slice(start, end)),
        nameStart,
        start,
        end,
      )
    }
    return attributes
  }

  /** The prefix of a name that stands at `start`; the first use of one that is not declared is a finding. */
  private prefix(name: string, start: number): string {
    const prefix = prefixOf(name)
    if (prefix === '' || this.namespaces.resolve(prefix) !== undefined || this.undeclared.has(prefix)) return prefix
    this.undeclared.add(prefix)
    this.diagnostics.push({
      code: 'xml/undeclared-prefix',
      severity: 'warning',
      message: `The namespace prefix "${prefix}" is not declared.`,
      span: { start, end: start + prefix.length },
      hint: `Declare it with xmlns:${prefix}="..." on this element or around it.`,
    })
    return prefix
  }
}

function childrenOf(node: ParsedNode): readonly ParsedNode[] {
  const children = node[ELEMENT]
  if (!Array.isArray(children)) throw new Disagreement()
  return children
}
