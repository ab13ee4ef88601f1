import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { claimsDeclaration, readDeclaration } from './declaration.ts'
import type { XmlLimits } from './limits.ts'
import { malformed } from './malformed.ts'
import { endOfName } from './names.ts'
import { referenceAt } from './references.ts'

/** Where things stand in a well-formed text: parallel lists, elements and attributes in document order. */
export interface Scan {
  readonly names: string[]
  /** The `<` of each start tag; its name follows at once. */
  readonly starts: number[]
  /** Behind the `>` of each start tag. */
  readonly contents: number[]
  /** Behind the `>` that ends each element. */
  readonly ends: number[]
  /** How many attributes were seen when each element's tag was complete. */
  readonly attributeCounts: number[]
  readonly attributeNames: string[]
  readonly attributeStarts: number[]
  readonly valueStarts: number[]
  readonly valueEnds: number[]
  /** Starts and ends, in turn, of what stands between the target and the `?>` of processing instructions. */
  readonly instructions: number[]
}

const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const BANG = 33
const DOUBLE_QUOTE = 34
const AMPERSAND = 38
const QUOTE = 39
const SLASH = 47
const LESS = 60
const EQUALS = 61
const GREATER = 62
const QUESTION = 63

/** From here on a set finds a doubled attribute faster than a look at those before. */
const MANY_ATTRIBUTES = 12

/** Ends a scan at the first thing that is wrong. It never leaves this file. */
class Refused {
  readonly diagnostic: Diagnostic
  /** How far the text was read: what decides which of two errors is the first. */
  readonly at: number
  constructor(diagnostic: Diagnostic, at: number) {
    this.diagnostic = diagnostic
    this.at = at
  }
}

/**
 * Checks that a text is a well-formed document (XML 1.0, fifth edition, without DTD) and notes where everything
 * stands; or gives the first thing that is wrong.
 */
export function scan(text: string, limits: XmlLimits): Scan | Diagnostic {
  const illegal = illegalCharacter(text)
  try {
    const found = new Scanner(text, limits).document()
    return illegal ?? found
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused
    return illegal?.span !== undefined && illegal.span.start <= refused.at ? illegal : refused.diagnostic
  }
}

/** One look over the whole text: what may be wrong first, then by code point, so that pairs of surrogates pass. */
function illegalCharacter(text: string): Diagnostic | undefined {
  if (!/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/.test(text)) return undefined
  const at = text.search(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)
  return at < 0 ? undefined : malformed.illegalCharacter(text.charCodeAt(at))(at, at + 1)
}

class Scanner {
  private readonly text: string
  private readonly limits: XmlLimits
  private at = 0
  /** The elements that are open, as positions in the lists. */
  private readonly open: number[] = []
  /** The next `&` and `]]>` at or behind `at`: looked for once each, not once for every piece of text. */
  private nextAmpersand = -1
  private nextCdataEnd = -1
  private readonly found: Scan = {
    names: [],
    starts: [],
    contents: [],
    ends: [],
    attributeCounts: [],
    attributeNames: [],
    attributeStarts: [],
    valueStarts: [],
    valueEnds: [],
    instructions: [],
  }

  constructor(text: string, limits: XmlLimits) {
    this.text = text
    this.limits = limits
  }

  document(): Scan {
    const { text, found } = this
    if (claimsDeclaration(text)) this.declaration()
    while (this.at < text.length) {
      const less = text.indexOf('<', this.at)
      const end = less < 0 ? text.length : less
      if (end > this.at) this.content(end)
      if (less < 0) break
      const code = text.charCodeAt(less + 1)
      if (code === SLASH) this.endTag()
      else if (code === BANG) this.markup()
      else if (code === QUESTION) this.instruction()
      else this.startTag()
    }
    const unclosed = this.open.at(-1)
    if (unclosed !== undefined) {
      const name = found.names[unclosed]!
      const start = found.starts[unclosed]! + 1
      throw new Refused(malformed.unclosedElement(name)(start, start + name.length), text.length)
    }
    if (found.names.length === 0) this.refuse(malformed.noRoot, 0, text.length, text.length)
    return found
  }

  private refuse(why: (start: number, end: number) => Diagnostic, start: number, end: number, at = start): never {
    throw new Refused(why(start, Math.min(Math.max(end, start), this.text.length)), at)
  }

  private declaration(): void {
    const declaration = readDeclaration(this.text)
    if (declaration === undefined) {
      const end = this.text.indexOf('?>')
      this.refuse(malformed.declaration, 0, end < 0 ? 5 : end + 2)
    }
    this.at = declaration.end
  }

  /** Text between two tags. */
  private content(end: number): void {
    const { text } = this
    const start = this.at
    if (this.open.length === 0) {
      for (let at = start; at < end; at++) {
        if (!isSpace(text.charCodeAt(at))) this.refuse(malformed.outsideRoot, at, end)
      }
    } else {
      if (this.nextAmpersand < start) this.nextAmpersand = indexOrEnd(text, '&', start)
      if (this.nextCdataEnd < start) this.nextCdataEnd = indexOrEnd(text, ']]>', start)
      const stop = Math.min(end, this.nextCdataEnd)
      while (this.nextAmpersand < stop) {
        this.nextAmpersand = indexOrEnd(text, '&', this.reference(this.nextAmpersand))
      }
      if (stop < end) this.refuse(malformed.cdataEnd, stop, stop + 3)
    }
    this.at = end
  }

  /** Checks the reference at an `&` and gives its end. */
  private reference(start: number): number {
    const reference = referenceAt(this.text, start)
    if (!('problem' in reference)) return reference.end
    this.refuse(
      reference.problem === 'malformed'
        ? malformed.reference
        : reference.problem === 'undeclared'
          ? malformed.undeclaredEntity
          : malformed.illegalReference,
      start,
      reference.end,
    )
  }

  private startTag(): void {
    const { text, found, open } = this
    const start = this.at
    const nameEnd = endOfName(text, start + 1)
    if (nameEnd === start + 1) this.refuse(malformed.tag, start, start + 1)
    const name = text.slice(start + 1, nameEnd)
    const index = found.names.length
    if (open.length === 0 && index > 0) this.refuse(malformed.secondRoot(name), start + 1, nameEnd)
    if (open.length >= this.limits.depth) this.refuse(malformed.tooDeep(this.limits.depth), start + 1, nameEnd)
    found.names.push(name)
    found.starts.push(start)
    this.at = nameEnd
    this.attributes(name)
    found.attributeCounts.push(found.attributeNames.length)
    const closed = text.charCodeAt(this.at) === SLASH
    this.at += closed ? 2 : 1
    found.contents.push(this.at)
    found.ends.push(this.at)
    if (!closed) open.push(index)
  }

  /** All attributes of a start tag; leaves `at` on its `>` or `/>`. */
  private attributes(element: string): void {
    const { text, found } = this
    const first = found.attributeNames.length
    let seen: Set<string> | undefined
    for (;;) {
      const before = this.at
      this.skipSpace()
      const start = this.at
      const code = text.charCodeAt(start)
      if (code === GREATER || (code === SLASH && text.charCodeAt(start + 1) === GREATER)) return
      if (start >= text.length) {
        const name = found.starts.at(-1)! + 1
        this.refuse(malformed.unclosedTag(element), name, name + element.length, start)
      }
      const nameEnd = endOfName(text, start)
      if (nameEnd === start) this.refuse(malformed.attribute, start, start + 1)
      if (start === before) this.refuse(malformed.attributeSpace, start, nameEnd)
      const name = text.slice(start, nameEnd)
      const { attributeNames } = found
      const count = attributeNames.length - first
      if (count >= this.limits.attributes) {
        this.refuse(malformed.tooManyAttributes(element, this.limits.attributes), start, nameEnd)
      }
      if (count >= MANY_ATTRIBUTES) seen ??= new Set(attributeNames.slice(first))
      if (seen === undefined ? attributeNames.indexOf(name, first) >= 0 : seen.has(name)) {
        const earlier = found.attributeStarts[attributeNames.indexOf(name, first)]!
        const related = { start: earlier, end: earlier + name.length }
        this.refuse(malformed.duplicateAttribute(name, related), start, nameEnd)
      }
      seen?.add(name)
      attributeNames.push(name)
      found.attributeStarts.push(start)
      this.at = nameEnd
      this.value(name, start, nameEnd)
    }
  }

  /** The `=` and the value in quotes behind an attribute's name. */
  private value(name: string, nameStart: number, nameEnd: number): void {
    const { text, found } = this
    this.skipSpace()
    if (text.charCodeAt(this.at) !== EQUALS) this.refuse(malformed.attributeValue(name), nameStart, nameEnd, this.at)
    this.at++
    this.skipSpace()
    const quote = text.charCodeAt(this.at)
    if (quote !== QUOTE && quote !== DOUBLE_QUOTE) {
      this.refuse(malformed.attributeValue(name), nameStart, nameEnd, this.at)
    }
    const start = this.at + 1
    let at = start
    for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(at)) {
      if (code === LESS) this.refuse(malformed.lessThanInValue(name), at, at + 1)
      if (at >= text.length) this.refuse(malformed.unclosedValue(name), nameStart, nameEnd, at)
      at = code === AMPERSAND ? this.reference(at) : at + 1
    }
    found.valueStarts.push(start)
    found.valueEnds.push(at)
    this.at = at + 1
  }

  private endTag(): void {
    const { text, found } = this
    const start = this.at + 2
    const end = endOfName(text, start)
    if (end === start) this.refuse(malformed.endTag, this.at, start)
    const name = text.slice(start, end)
    const index = this.open.pop()
    if (index === undefined) this.refuse(malformed.unexpectedEndTag(name), start, end)
    const expected = found.names[index]!
    if (name !== expected) {
      const opened = found.starts[index]! + 1
      const related = { start: opened, end: opened + expected.length }
      this.refuse(malformed.mismatchedEndTag(name, expected, related), start, end)
    }
    this.at = end
    this.skipSpace()
    if (text.charCodeAt(this.at) !== GREATER) this.refuse(malformed.endTag, start, end, this.at)
    found.ends[index] = ++this.at
  }

  /** A comment or a CDATA section. */
  private markup(): void {
    const { text } = this
    const start = this.at
    if (text.startsWith('<!--', start)) {
      const hyphens = text.indexOf('--', start + 4)
      if (hyphens < 0) this.refuse(malformed.unclosedComment, start, start + 4)
      if (text.charCodeAt(hyphens + 2) !== GREATER) this.refuse(malformed.hyphensInComment, hyphens, hyphens + 2)
      this.at = hyphens + 3
    } else if (text.startsWith('<![CDATA[', start)) {
      if (this.open.length === 0) this.refuse(malformed.outsideRoot, start, start + 9)
      const end = text.indexOf(']]>', start + 9)
      if (end < 0) this.refuse(malformed.unclosedCdata, start, start + 9)
      this.at = end + 3
    } else {
      const doctype = text.startsWith('<!DOCTYPE', start)
      this.refuse(doctype ? malformed.doctype : malformed.markup, start, start + (doctype ? 9 : 2))
    }
  }

  private instruction(): void {
    const { text } = this
    const start = this.at
    const targetEnd = endOfName(text, start + 2)
    const end = text.indexOf('?>', targetEnd)
    const target = text.slice(start + 2, targetEnd)
    if (target === 'xml') this.refuse(malformed.misplacedDeclaration, start, targetEnd)
    const spaced = end === targetEnd || isSpace(text.charCodeAt(targetEnd))
    if (target === '' || target.toLowerCase() === 'xml' || end < 0 || !spaced) {
      this.refuse(malformed.instruction, start, Math.max(targetEnd, start + 2))
    }
    this.found.instructions.push(targetEnd, end)
    this.at = end + 2
  }

  private skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++
  }
}

function isSpace(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === TAB || code === RETURN
}

function indexOrEnd(text: string, what: string, from: number): number {
  const at = text.indexOf(what, from)
  return at < 0 ? text.length : at
}
