const TAB_STOP = 4

/** Shown as U+FFFD: what would move the cursor, colour the terminal or turn the reading direction. */
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E0FFF}]/u
const NO_WIDTH = /[\p{Mn}\p{Me}\u200B-\u200F\u2060\uFEFF]/u
/** East Asian wide and full-width blocks, and emoji. */
const DOUBLE_WIDTH =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u

/** One line as a terminal shows it. */
export interface Cells {
  readonly shown: string
  /** The cell that each UTF-16 unit of the line begins in, and one more: the number of cells. */
  readonly cellOf: readonly number[]
}

/** Lays a line out: tabs become spaces up to the next stop, wide characters take two cells, combining ones none. */
export function layOut(line: string): Cells {
  let shown = ''
  let cell = 0
  const cellOf: number[] = []
  for (const character of line) {
    for (let unit = 0; unit < character.length; unit++) cellOf.push(cell)
    if (character === '\t') {
      const width = TAB_STOP - (cell % TAB_STOP)
      shown += ' '.repeat(width)
      cell += width
    } else if (UNSAFE.test(character)) {
      shown += '\uFFFD'
      cell++
    } else {
      shown += character
      cell += widthOf(character)
    }
  }
  cellOf.push(cell)
  return { shown, cellOf }
}

function widthOf(character: string): number {
  if (character < '\u0300') return 1
  return NO_WIDTH.test(character) ? 0 : DOUBLE_WIDTH.test(character) ? 2 : 1
}
