import { redacted } from '../diagnostic/mask.ts'
import type { LineIndex } from '../diagnostic/position.ts'
import type { Origin, Origins } from '../origin/origin.ts'
import { argumentText, type CommandLine } from './command-line.ts'
import type { From, Piece } from './piece.ts'

/** Where a piece came from, resolved to line and column where it stands in the source. */
export type Source =
  | { readonly kind: 'xml'; readonly path: string; readonly line: number; readonly column: number }
  | { readonly kind: 'default' | 'implicit' | 'address' | 'rule'; readonly rule: string }
  | { readonly kind: 'capability'; readonly flag: string }
  | { readonly kind: 'machine' | 'host' | 'assumed'; readonly fact: string }

export interface ExplainedPiece {
  /** Secrets are `***`. */
  readonly text: string
  readonly sources: readonly Source[]
}

export interface ExplainedArgument {
  /** `LC_ALL` for a variable, the option, or the binary's path. */
  readonly text: string
  readonly kind: 'variable' | 'binary' | 'option' | 'value'
  readonly pieces: readonly ExplainedPiece[]
}

/** The command line with the source of every piece. Secrets are always hidden. */
export function explain(line: CommandLine, origins: Origins, lines: LineIndex): ExplainedArgument[] {
  const pieces = (list: readonly Piece[]) =>
    list.map((piece) => ({
      text: piece.redacted ?? redacted(piece.text),
      sources: sourcesOf(piece.from, origins, lines),
    }))
  return [
    ...line.environment.map((variable) => ({
      text: variable.name,
      kind: 'variable' as const,
      pieces: pieces(variable.pieces),
    })),
    { text: argumentText(line.binary, true), kind: 'binary', pieces: pieces(line.binary.pieces) },
    ...line.args.map((argument) => ({
      text: argumentText(argument, true),
      kind: argument.kind,
      pieces: pieces(argument.pieces),
    })),
  ]
}

/** A source before its place is resolved: with the span of the text where it stands there. */
export type UnplacedSource = Origin | (From & { readonly kind: 'rule' })

/** Every source of a piece; empty where a field has none, which the law test forbids. */
export function sourcesOf(from: From, origins: Origins, lines: LineIndex): Source[] {
  return unplacedSourcesOf(from, origins).map((source) => (source.kind === 'rule' ? source : sourceOf(source, lines)))
}

/** Every source of a piece, each once. */
export function unplacedSourcesOf(from: From, origins: Origins): UnplacedSource[] {
  if (from.kind !== 'field') return [from]
  const found =
    from.fields.length === 0 ? [origins.of(from.owner)] : from.fields.map((field) => origins.of(from.owner, field))
  const seen = new Set<string>()
  return found.filter((source): source is Origin => {
    if (source === undefined) return false
    const key = JSON.stringify(source)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function sourceOf(origin: Origin, lines: LineIndex): Source {
  if (origin.kind !== 'xml') return origin
  return { kind: 'xml', path: origin.path, ...lines.position(origin.span.start) }
}
