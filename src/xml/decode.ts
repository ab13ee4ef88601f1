import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { readDeclaration } from './declaration.ts'
import { malformed } from './malformed.ts'

/** A declaration begins with these. */
const [lessThan, questionMark] = [0x3c, 0x3f]
/** A declaration is shorter than this. */
const HEAD = 1024

/** The text, and why it is not usable where it is not (then `text` is what can be shown of it). */
export interface Decoded {
  readonly text: string
  readonly diagnostic?: Diagnostic
}

/**
 * Bytes of a document as text, without a byte order mark. The encoding is that of the mark, else of the zero byte
 * that UTF-16 has beside the first `<`, else the declared one, else UTF-8 (XML 1.0, appendix F). Labels are those
 * of the WHATWG Encoding Standard. Raises `xml/unknown-encoding`, `xml/encoding-mismatch`, `xml/invalid-bytes`.
 */
export function decodeBytes(bytes: Uint8Array): Decoded {
  const marked = markedEncoding(bytes)
  if (marked !== undefined) return decodeAs(marked, bytes)
  if (bytes[0] !== lessThan || bytes[1] !== questionMark) return decodeAs('utf-8', bytes)
  const head = String.fromCharCode(...bytes.subarray(0, HEAD))
  const label = readDeclaration(head)?.encoding
  if (label === undefined) return decodeAs('utf-8', bytes)
  const start = head.indexOf(label, head.indexOf('encoding'))
  const end = start + label.length
  const encoding = canonicalEncoding(label)
  if (encoding === undefined) return { text: head, diagnostic: malformed.unknownEncoding(label)(start, end) }
  // We have just read the declaration byte by byte: it is in no encoding of two bytes.
  if (encoding.startsWith('utf-16')) return { text: head, diagnostic: malformed.encodingMismatch(label)(start, end) }
  return decodeAs(encoding, bytes)
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  return undefined
}

/** The decoder's own name of an encoding; undefined where it does not know the label. */
function canonicalEncoding(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

function decodeAs(encoding: string, bytes: Uint8Array): Decoded {
  const text = encoding === 'utf-8' ? tryUtf8(bytes) : tryDecode(encoding, bytes, false)
  if (text !== undefined) return { text }
  // The decoder does not say where: the longest beginning that it takes ends there.
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (tryDecode(encoding, bytes.subarray(0, middle), true) === undefined) bad = middle
    else good = middle
  }
  const at = tryDecode(encoding, bytes.subarray(0, good), true)?.length ?? 0
  return {
    text: new TextDecoder(encoding).decode(bytes),
    diagnostic: malformed.invalidBytes(encoding.toUpperCase())(at, at + 1),
  }
}

/** Nearly all documents are in it: to make a decoder takes longer than to use it. */
const utf8 = new TextDecoder('utf-8', { fatal: true })

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** `partial`: the bytes may end inside a character. */
function tryDecode(encoding: string, bytes: Uint8Array, partial: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: partial })
  } catch {
    return undefined
  }
}
