import { argumentText, type CommandLine } from '../../../src/argv/command-line.ts'
import { unplacedSourcesOf } from '../../../src/argv/explain.ts'
import type { Piece as CorePiece } from '../../../src/argv/piece.ts'
import { redacted } from '../../../src/diagnostic/mask.ts'
import type { LineIndex } from '../../../src/diagnostic/position.ts'
import type { Origin, Origins } from '../../../src/origin/origin.ts'
import type { Piece, Row, Source } from './protocol.ts'

/** The command line as rows of the page; secrets are `***` unless they are asked for. */
export function rowsOf(line: CommandLine, origins: Origins, lines: LineIndex, secrets: boolean): Row[] {
  const pieces = (list: readonly CorePiece[]): Piece[] =>
    list.map((piece) => ({
      text: secrets ? piece.text : (piece.redacted ?? redacted(piece.text)),
      sources: unplacedSourcesOf(piece.from, origins).map((source) => sourceOf(source, lines)),
    }))
  const rows: Row[] = line.environment.map(({ name, pieces: list }) => ({ option: `${name}=`, pieces: pieces(list) }))
  rows.push({ option: '', pieces: pieces(line.binary.pieces) })
  line.args.forEach((argument, index) => {
    const next = line.args[index + 1]
    if (argument.kind === 'option') {
      const value = next?.kind === 'value' ? pieces(next.pieces) : []
      const own = pieces(argument.pieces)
      // An option without a value is its own piece, so that it can be pointed at.
      rows.push(
        value.length > 0 ? { option: argumentText(argument, !secrets), pieces: value } : { option: '', pieces: own },
      )
    } else if (line.args[index - 1]?.kind !== 'option') rows.push({ option: '', pieces: pieces(argument.pieces) })
  })
  return rows
}

export function sourceOf(source: Origin | { readonly kind: 'rule'; readonly rule: string }, lines: LineIndex): Source {
  switch (source.kind) {
    case 'xml':
      return { kind: 'xml', label: source.path, span: source.span, line: lines.position(source.span.start).line }
    case 'capability':
      return { kind: 'capability', label: source.flag }
    case 'machine':
    case 'host':
    case 'assumed':
      return { kind: source.kind, label: source.fact }
    default:
      return { kind: source.kind, label: source.rule }
  }
}
