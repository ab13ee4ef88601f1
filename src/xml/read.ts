import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { printableFinding } from '../diagnostic/printable.ts'
import { atOnce, type Staged } from '../staged.ts'
import { type Decoded, decodeBytes } from './decode.ts'
import { Join } from './join.ts'
import { DEFAULT_LIMITS, type XmlLimits } from './limits.ts'
import { malformed } from './malformed.ts'
import { parse, startOf } from './parser.ts'
import { scan } from './scan.ts'
import type { XmlElement } from './tree.ts'

export type { XmlLimits } from './limits.ts'

export interface XmlDocument {
  /** The decoded text that all spans point into. */
  readonly text: string
  /** Undefined where the document is refused. */
  readonly root: XmlElement | undefined
  readonly diagnostics: Diagnostic[]
}

/**
 * Reads a document. Of what is malformed the first thing is reported, as an error whose code begins with `xml/`;
 * an undeclared namespace prefix is a warning. Never throws for what the input holds.
 */
export function readXml(input: string | Uint8Array, limits: Partial<XmlLimits> = {}): XmlDocument {
  return atOnce(readingXml(input, limits))
}

/** The work of `readXml`, for who runs it stage by stage. */
export function* readingXml(input: string | Uint8Array, limits: Partial<XmlLimits> = {}): Staged<XmlDocument> {
  const document = yield* readDocument(input, limits)
  return { ...document, diagnostics: document.diagnostics.map(printableFinding) }
}

function* readDocument(input: string | Uint8Array, limits: Partial<XmlLimits>): Staged<XmlDocument> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  if (input.length > bounds.input) {
    return { text: '', root: undefined, diagnostics: [malformed.inputTooLarge(bounds.input)(0, 0)] }
  }
  const { text, diagnostic } = typeof input === 'string' ? decodedString(input) : decodeBytes(input)
  if (diagnostic !== undefined) return { text, root: undefined, diagnostics: [diagnostic] }
  const scanned = scan(text, bounds)
  if (!('starts' in scanned)) return { text, root: undefined, diagnostics: [scanned] }
  try {
    yield 'parse'
    const parsed = parse(blank(text, scanned.instructions), bounds.depth)
    yield 'parse'
    const join = new Join(text, scanned, startOf)
    const root = join.root(parsed)
    return { text, root, diagnostics: join.diagnostics }
  } catch {
    // The scan accepts what the parser does not, or they read it differently: ours to mend, but no reason to end here.
    return { text, root: undefined, diagnostics: [malformed.disagreement(0, text.length)] }
  }
}

/** A string may begin with the byte order mark that its reader kept. */
function decodedString(text: string): Decoded {
  return { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text }
}

/** The parser takes a quote inside a processing instruction for the beginning of a value. Offsets stay. */
function blank(text: string, instructions: readonly number[]): string {
  if (instructions.length === 0) return text
  let blanked = ''
  let at = 0
  for (let index = 0; index < instructions.length; index += 2) {
    const start = instructions[index]!
    const end = instructions[index + 1]!
    blanked += text.slice(at, start) + ' '.repeat(end - start)
    at = end
  }
  return blanked + text.slice(at)
}
