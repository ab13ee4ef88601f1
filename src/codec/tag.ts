/** Deeper ones (long chains of images) are made each time. */
const usualDepth = 32

/** What the lines of an element begin and end with, made once for each depth at which it stands. */
export class Tag {
  /** What ends an element that holds text. */
  readonly close: string
  readonly #name: string
  readonly #starts: string[] = []
  readonly #ends: string[] = []

  constructor(name: string) {
    this.close = `</${name}>\n`
    this.#name = name
  }

  /** `<name` on a line of its own; attributes follow. @param depth two spaces each */
  start(depth: number): string {
    return this.#starts[depth] ?? this.#madeUpTo(depth, this.#starts, '<', '')
  }

  /** `</name>` and the end of its line, behind elements. */
  end(depth: number): string {
    return this.#ends[depth] ?? this.#madeUpTo(depth, this.#ends, '</', '>\n')
  }

  #madeUpTo(depth: number, lines: string[], before: string, after: string): string {
    const made = (at: number) => `${'  '.repeat(at)}${before}${this.#name}${after}`
    if (depth >= usualDepth) return made(depth)
    while (lines.length <= depth) lines.push(made(lines.length))
    return lines[depth]!
  }
}

// What ends a start tag, where text, elements or nothing follow. Joined by `+`, for a template asks of each of its
// parts whether it is a text.
export const textStart = '>'
export const bodyStart = '>\n'
export const emptyEnd = '/>\n'
