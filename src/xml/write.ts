import { escapeXml } from './escape.ts'
import { printSubtree } from './subtree.ts'
import type { XmlElement } from './tree.ts'

/** What the innermost open tag holds so far: nothing (its tag still takes attributes), a line of text, or elements. */
type Content = 'nothing' | 'text' | 'elements'

/**
 * Builds a document as libvirt lays it out: two spaces a level, values in single quotes, `<a b='c'/>` where nothing is
 * inside, text on one line with its tags. Calls out of order are errors of the program and throw.
 */
export class XmlWriter {
  private out = ''
  private content: Content = 'elements'
  private readonly names: string[] = []
  /** Whether the document is one of a time that has what came at this date. */
  readonly knows: (since: string) => boolean

  constructor(knows: (since: string) => boolean = () => true) {
    this.knows = knows
  }

  /** Starts a tag on a line of its own. Its attributes follow before anything else. */
  open(name: string): void {
    this.startLine()
    this.out += tagStart
    this.out += name
    this.names.push(name)
    this.content = 'nothing'
  }

  /** Adds an attribute (a namespace declaration too) to the tag that was opened last. */
  attribute(name: string, value: string): void {
    this.made(attributeOf(attributeStart(name), escapeXml(value)))
  }

  /** The same of an attribute that was made before (see {@link attributeOf}). */
  made(attribute: string): void {
    if (this.content !== 'nothing') throw new Error(`attribute${attribute}: no tag takes attributes here`)
    this.out += attribute
  }

  /** The text of the open tag. An empty one counts: `<a></a>`. */
  text(value: string): void {
    this.madeText(escapeXml(value))
  }

  /** The same of a text that is escaped already. */
  madeText(escaped: string): void {
    if (this.content === 'elements') throw new Error('text: this tag holds elements')
    if (this.content === 'nothing') this.out += startTagEnd
    this.out += escaped
    this.content = 'text'
  }

  /** Ends the start tag, whether an element follows or not: `<a>` and `</a>` on two lines. */
  body(): void {
    if (this.content === 'nothing') this.out += '>\n'
    this.content = 'elements'
  }

  /** Ends the open tag. */
  close(): void {
    const name = this.names.pop()
    if (name === undefined) throw new Error('close: no tag is open')
    if (this.content === 'nothing') this.out += '/>\n'
    else {
      if (this.content === 'elements') this.out += this.indent()
      this.out += endTagStart + name + tagEnd
    }
    this.content = 'elements'
  }

  /** An element of a document that was read, as libxml2 prints a subtree: see {@link printSubtree}. */
  raw(element: XmlElement): void {
    this.startLine()
    this.out += `${printSubtree(element, this.names.length)}\n`
  }

  toString(): string {
    if (this.names.length > 0) throw new Error(`toString: ${this.names.at(-1)} is still open`)
    return this.out
  }

  private startLine(): void {
    if (this.content === 'text') throw new Error('open: this tag holds text')
    if (this.content === 'nothing') this.out += '>\n'
    this.content = 'elements'
    this.out += this.indent()
  }

  private indent(): string {
    const depth = this.names.length
    for (let made = indents.length; made <= depth; made++) indents.push('  '.repeat(made))
    return indents[depth]!
  }
}

// Joined by `+`, for a template asks of each of its parts whether it is a text.
const quote = "'"
const tagStart = '<'
const endTagStart = '</'
const tagEnd = '>\n'
const startTagEnd = '>'

/** All of an attribute that comes before its value. */
export const attributeStart = (name: string): string => ` ${name}='`

/** An attribute as it stands in a tag. @param start see {@link attributeStart} */
export const attributeOf = (start: string, escaped: string): string => start + escaped + quote

/** What a line begins with, by its depth: made once, for each line has one. */
const indents: string[] = ['']
