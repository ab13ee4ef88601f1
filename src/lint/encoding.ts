import { decodeBytes } from '../xml/decode.ts'

/** How a text goes back to the bytes that it was read from, byte for byte. */
export interface Encoded {
  readonly text: string
  encode(text: string): Uint8Array
}

const marks: readonly Uint8Array[] = [Uint8Array.of(), Uint8Array.of(0xef, 0xbb, 0xbf)]
const littleMark = Uint8Array.of(0xff, 0xfe)
const bigMark = Uint8Array.of(0xfe, 0xff)

/**
 * Decodes a document so that it can be written again: UTF-8, UTF-16 of either order (with and without a mark), Latin-1.
 * Undefined for any other encoding, and where a round trip would not give the same bytes.
 */
export function decodeToEdit(bytes: Uint8Array): Encoded | undefined {
  const { text, diagnostic } = decodeBytes(bytes)
  if (diagnostic !== undefined) return undefined
  const encodings: readonly ((text: string) => Uint8Array)[] = [
    ...marks.map((mark) => (it: string) => join(mark, new TextEncoder().encode(it))),
    ...[Uint8Array.of(), littleMark].map((mark) => (it: string) => join(mark, utf16(it, true))),
    ...[Uint8Array.of(), bigMark].map((mark) => (it: string) => join(mark, utf16(it, false))),
    (it) => Uint8Array.from(it, (character) => character.charCodeAt(0)),
  ]
  const encode = encodings.find((it) => same(it(text), bytes))
  return encode && { text, encode }
}

function join(mark: Uint8Array, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(mark.length + rest.length)
  bytes.set(mark)
  bytes.set(rest, mark.length)
  return bytes
}

function utf16(text: string, little: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), little)
  return new Uint8Array(view.buffer)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
