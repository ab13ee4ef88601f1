import type { Span } from './span.ts'

/** One piece of a text and what is to stand there instead. An empty span inserts, an empty text removes. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/**
 * How a finding is mended. `title` says it as an order ("Write cache instead of cahce"); `safe` where nobody can have
 * meant anything else, so that `domxml lint --fix` may do it unasked: an editor offers the others too.
 */
export interface Fix {
  readonly title: string
  readonly edits: readonly Edit[]
  readonly safe: boolean
}

export interface Mended<F> {
  readonly text: string
  /** What was done, in the order given. */
  readonly applied: readonly F[]
  /** What would have touched a place that an earlier one changed: done in the next run. */
  readonly left: readonly F[]
}

/**
 * The text with the edits of all fixes that do not touch each other; nothing else changes. Of two that touch, the first
 * given wins. A fix is applied whole or not at all. One with a span outside the text, or whose own edits overlap, is left.
 */
export function applyFixes<F extends Fix>(text: string, fixes: Iterable<F>): Mended<F> {
  const applied: F[] = []
  const left: F[] = []
  const taken: Edit[] = []
  for (const fix of fixes) {
    const own = [...fix.edits].sort(byPlace)
    const places = own.map((edit) => placeAmong(taken, edit))
    if (own.length === 0 || !areApart(own, text.length) || places.includes(undefined)) left.push(fix)
    else {
      applied.push(fix)
      // From behind, so that places found before still hold.
      for (let index = own.length - 1; index >= 0; index--) taken.splice(places[index]!, 0, own[index]!)
    }
  }
  return { text: joined(text, taken), applied, left }
}

/** Changes a text. Edits come in any order. Throws a RangeError where two touch the same place, or one is outside. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort(byPlace)
  if (!areApart(sorted, text.length)) throw new RangeError('edits touch each other or reach outside the text')
  return joined(text, sorted)
}

function joined(text: string, sorted: readonly Edit[]): string {
  let out = ''
  let at = 0
  for (const { span, text: instead } of sorted) {
    out += text.slice(at, span.start) + instead
    at = span.end
  }
  return out + text.slice(at)
}

function byPlace(a: Edit, b: Edit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end
}

/** Sorted edits that leave each other alone. */
function areApart(sorted: readonly Edit[], length: number): boolean {
  return sorted.every(({ span }, index) => {
    if (span.start < 0 || span.start > span.end || span.end > length) return false
    const before = sorted[index - 1]
    return before === undefined || follows(before.span, span)
  })
}

/** Two insertions at one place touch: their order would be a guess. */
function follows(before: Span, span: Span): boolean {
  return before.end <= span.start && (before.start < before.end || span.start < span.end || before.end < span.start)
}

/** Where among sorted edits that are apart another one fits; undefined where it touches one. */
function placeAmong(sorted: readonly Edit[], { span }: Edit): number | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (follows(sorted[middle]!.span, span)) low = middle + 1
    else high = middle
  }
  const after = sorted[low]
  return after === undefined || follows(span, after.span) ? low : undefined
}
