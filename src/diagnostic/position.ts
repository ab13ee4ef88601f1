import type { Span } from './diagnostic.ts'

/** A place for people: both numbers begin at 1. */
export interface Position {
  readonly line: number
  /** In code points, so that a character outside the basic plane counts once. */
  readonly column: number
}

/**
 * The lines of a text. A line ends at `\n`, `\r\n` or `\r`. Built on first use, in one pass; questions in document
 * order never count a character twice, however long its line is.
 */
export class LineIndex {
  readonly text: string
  private startsOfLines: readonly number[] | undefined
  /** The latest answer: the place to go on counting from. */
  private lastLine = 0
  private lastOffset = 0
  private lastColumn = 1

  constructor(text: string) {
    this.text = text
  }

  /** How many lines there are: at least one. What stands behind the last line end is a line, even an empty one. */
  get count(): number {
    return this.starts().length
  }

  /** The position of an offset in UTF-16 units; one outside the text counts as its nearest end. */
  position(offset: number): Position {
    const starts = this.starts()
    const at = Math.min(Math.max(offset, 0), this.text.length)
    const line = lastAtMost(starts, at)
    if (line !== this.lastLine || at < this.lastOffset) {
      this.lastLine = line
      this.lastOffset = starts[line]!
      this.lastColumn = 1
    }
    while (this.lastOffset < at) {
      const next = this.lastOffset + (this.text.codePointAt(this.lastOffset)! > 0xffff ? 2 : 1)
      // Inside a pair of surrogates: that is the pair's own column.
      if (next > at) break
      this.lastOffset = next
      this.lastColumn++
    }
    return { line: line + 1, column: this.lastColumn }
  }

  /** The span of a line by its number, without its line end. */
  line(number: number): Span {
    const starts = this.starts()
    const start = starts[number - 1]
    if (start === undefined) throw new RangeError(`there is no line ${number}`)
    let end = starts[number] ?? this.text.length
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end--
    return { start, end }
  }

  private starts(): readonly number[] {
    this.startsOfLines ??= [0, ...Array.from(this.text.matchAll(/\r\n?|\n/g), (end) => end.index + end[0].length)]
    return this.startsOfLines
  }
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13
}

/** The position of the last number that is not above `value`, in an ascending list that begins with 0. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let low = 0
  let high = numbers.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (numbers[middle]! <= value) low = middle
    else high = middle
  }
  return low
}
