import type { Diagnostic, Span } from '../diagnostic/diagnostic.ts'
import { codeFrame } from '../diagnostic/frame.ts'
import { masked } from '../diagnostic/mask.ts'
import { LineIndex } from '../diagnostic/position.ts'
import type { Place, RawFinding } from './finding.ts'

/** Turns diagnostics of one text into findings that stand for themselves: places, frames, the text of their line. */
export class Placing {
  readonly #text: string
  readonly #secrets: readonly Span[]
  #known: LineIndex | undefined

  /** `secrets`: spans whose text is never shown. */
  constructor(text: string, secrets: readonly Span[]) {
    this.#text = text
    this.#secrets = secrets
  }

  /** Looked through when something is to be shown: most files have no findings. */
  get #lines(): LineIndex {
    this.#known ??= new LineIndex(masked(this.#text, this.#secrets))
    return this.#known
  }

  place({ start, end }: Span): Place {
    const from = this.#lines.position(start)
    const to = this.#lines.position(end)
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  }

  finding({ span, related = [], ...diagnostic }: Diagnostic): RawFinding {
    const place = span && this.place(span)
    return {
      ...diagnostic,
      related: related.map((it) => ({ message: it.message, place: it.span && this.place(it.span) })),
      span,
      place,
      frame: span && codeFrame(this.#lines, span),
      lineText: place === undefined ? '' : this.lineText(place.line),
    }
  }

  lineText(number: number): string {
    const { start, end } = this.#lines.line(number)
    return this.#lines.text.slice(start, Math.min(end, start + 500)).trim()
  }
}
