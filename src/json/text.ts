import type { Span } from '../diagnostic/diagnostic.ts'
import type { Json } from './loose.ts'

export interface JsonText {
  readonly value: Json
  /** Where each value stands, by JSON pointer (RFC 6901). */
  readonly places: ReadonlyMap<string, Span>
}

export interface JsonFault {
  readonly message: string
  readonly span: Span
}

const deepest = 128

/**
 * Reads JSON (RFC 8259) and remembers where each value stands, which `JSON.parse` does not; a key that occurs twice in
 * an object is a fault.
 */
export function readJson(text: string): JsonText | JsonFault {
  const reader = new Reader(text)
  try {
    return reader.document()
  } catch (error) {
    if (error instanceof Fault) return { message: error.message, span: { start: error.at, end: error.at + 1 } }
    throw error
  }
}

class Fault extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const scalar = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9.])/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings hold none of them
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const space = /[ \t\r\n]*/y

class Reader {
  readonly #text: string
  readonly #places = new Map<string, Span>()
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): JsonText {
    const value = this.#value('', 0)
    this.#skip()
    if (this.#at < this.#text.length) this.#fail('the document ends here, and more follows')
    return { value, places: this.#places }
  }

  #value(pointer: string, depth: number): Json {
    if (depth > deepest) this.#fail(`values nest deeper than ${deepest} levels`)
    this.#skip()
    const start = this.#at
    const value = this.#read(pointer, depth)
    this.#places.set(pointer, { start, end: this.#at })
    return value
  }

  #read(pointer: string, depth: number): Json {
    const first = this.#text[this.#at]
    if (first === '{') return this.#object(pointer, depth)
    if (first === '[') return this.#array(pointer, depth)
    const token = this.#match(first === '"' ? string : scalar)
    if (token === undefined) this.#fail(first === undefined ? 'the document ends too early' : 'no JSON value here')
    return JSON.parse(token)
  }

  #object(pointer: string, depth: number): Json {
    const entries = new Map<string, Json>()
    this.#list('}', () => {
      const start = this.#at
      const token = this.#match(string)
      if (token === undefined) this.#fail('a key in double quotes is expected')
      const key: string = JSON.parse(token)
      if (entries.has(key)) this.#fail(`the key "${key}" occurs twice`, start)
      this.#skip()
      if (this.#text[this.#at] !== ':') this.#fail('a colon is expected after the key')
      this.#at += 1
      entries.set(key, this.#value(pointerTo(pointer, key), depth + 1))
    })
    return Object.fromEntries(entries)
  }

  #array(pointer: string, depth: number): Json {
    const items: Json[] = []
    this.#list(']', () => {
      items.push(this.#value(`${pointer}/${items.length}`, depth + 1))
    })
    return items
  }

  /** Items apart by commas up to the closing bracket. */
  #list(close: string, item: () => void): void {
    this.#at += 1
    this.#skip()
    if (this.#text[this.#at] === close) {
      this.#at += 1
      return
    }
    for (;;) {
      this.#skip()
      item()
      this.#skip()
      const next = this.#text[this.#at]
      if (next !== ',' && next !== close) this.#fail(`a comma or ${close} is expected`)
      this.#at += 1
      if (next === close) return
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const token = pattern.exec(this.#text)?.[0]
    this.#at += token?.length ?? 0
    return token
  }

  #skip(): void {
    this.#match(space)
  }

  #fail(message: string, at = this.#at): never {
    throw new Fault(message, Math.min(at, this.#text.length))
  }
}

/** The JSON pointer of a key below another pointer. */
export function pointerTo(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}
