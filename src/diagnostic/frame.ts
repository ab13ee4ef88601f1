import { layOut } from './cells.ts'
import type { Span } from './diagnostic.ts'
import type { LineIndex } from './position.ts'

export interface FrameOptions {
  /** Lines shown before and after the marked one; 2 where not given. */
  readonly context?: number
  /** The most characters of a line that are shown; 100 where not given, at least 20. */
  readonly width?: number
}

const CUT = '…'

/**
 * The lines around a span, as text, with carets under the span:
 * ```
 *   2 |   <devices>
 * > 3 |     <disk tpye='file'>
 *     |           ^^^^
 *   4 |   </devices>
 * ```
 * An empty span gets one caret; one of several lines is marked on its first. Long lines are cut, all at the same place,
 * so that the beginning of the span stays in sight. No line end at the end.
 */
export function codeFrame(lines: LineIndex, span: Span, options: FrameOptions = {}): string {
  const context = options.context ?? 2
  const width = Math.max(options.width ?? 100, 20)
  const number = lines.position(span.start).line
  const line = lines.line(number)
  const start = Math.min(span.start, line.end)
  const from = start - line.start < width * 0.75 ? 0 : start - line.start - Math.floor(width / 2)
  const last = Math.min(number + context, lines.count)
  const gutter = String(last).length
  const framed: string[] = []
  for (let at = Math.max(1, number - context); at <= last; at++) {
    const piece = cut(lines.text, lines.line(at), from, width)
    const { shown, cellOf } = layOut(lines.text.slice(piece.start, piece.end))
    const label = `${at === number ? '>' : ' '} ${String(at).padStart(gutter)} |`
    framed.push(`${label} ${piece.before}${shown}${piece.after}`.trimEnd())
    if (at !== number) continue
    const first = cellOf[start - piece.start] ?? 0
    const end = cellOf[Math.min(Math.max(span.end, start), piece.end) - piece.start] ?? first
    const indent = ' '.repeat(piece.before.length + first)
    framed.push(`${' '.repeat(gutter + 2)} | ${indent}${'^'.repeat(Math.max(1, end - first))}`)
  }
  return framed.join('\n')
}

/** The part of a line that is shown. It never begins or ends between two surrogates. */
function cut(text: string, line: Span, from: number, width: number): Span & { before: string; after: string } {
  const start = wholeCharacter(text, Math.min(line.start + from, line.end))
  const end = wholeCharacter(text, Math.min(start + width, line.end))
  return { start, end, before: start > line.start ? CUT : '', after: end < line.end ? CUT : '' }
}

function wholeCharacter(text: string, offset: number): number {
  const inside = offset > 0 && (text.codePointAt(offset - 1) ?? 0) > 0xffff
  return inside ? offset - 1 : offset
}
