import { styleText } from 'node:util'
import type { Diagnostic, Severity, Span } from '../diagnostic/diagnostic.ts'
import { codeFrame } from '../diagnostic/frame.ts'
import { masked, maskedJson } from '../diagnostic/mask.ts'
import { LineIndex } from '../diagnostic/position.ts'
import { printable } from '../diagnostic/printable.ts'

export interface Reported {
  readonly name: string
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
  /** Spans whose text is never shown, beside what looks like a secret. */
  readonly secrets: readonly Span[]
}

const colours: { readonly [severity in Severity]: 'red' | 'yellow' | 'blue' } = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
}

/** Findings as text: `file:line:column: severity code message`, a code frame, a hint. */
export function reportText(reported: Reported, colour: boolean): string {
  const { text, secrets } = reported
  // What is no XML is a file of the host or of a QEMU.
  const isXml = /^\s*</.test(text)
  const name = printable(reported.name)
  const isPlaced = reported.diagnostics.some(({ span, related }) => span !== undefined || related !== undefined)
  const shown = isPlaced ? (isXml ? masked(text, secrets) : maskedJson(text)) : ''
  const lines = new LineIndex(shown)
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text
  return reported.diagnostics
    .map((it) => {
      const at = it.span && lines.position(it.span.start)
      const place = at ? `${name}:${at.line}:${at.column}` : name
      const head = `${paint('bold', place)}: ${paint(colours[it.severity], it.severity)}: ${it.message} ${paint('dim', `[${it.code}]`)}`
      const parts = [head]
      if (it.span) parts.push(codeFrame(lines, it.span))
      for (const { message, span } of it.related ?? []) {
        if (span === undefined) continue
        const other = lines.position(span.start)
        parts.push(`  ${name}:${other.line}:${other.column}: ${message}`)
      }
      // Further lines stand indented: none of them can pass for a finding.
      if (it.hint) parts.push(`  ${paint('cyan', 'hint')}: ${it.hint.replaceAll('\n', '\n        ')}`)
      return `${parts.join('\n')}\n`
    })
    .join('\n')
}

export interface JsonFinding {
  readonly file: string
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly line?: number
  readonly column?: number
  readonly endLine?: number
  readonly endColumn?: number
  readonly path?: string
  readonly hint?: string
  readonly when?: string
}

/** Findings as data, with lines and columns. */
export function reportJson({ name, text, diagnostics }: Reported): JsonFinding[] {
  const lines = new LineIndex(text)
  return diagnostics.map((it) => {
    const start = it.span && lines.position(it.span.start)
    const end = it.span && lines.position(it.span.end)
    return {
      file: name,
      code: it.code,
      severity: it.severity,
      message: it.message,
      ...(start && end && { line: start.line, column: start.column, endLine: end.line, endColumn: end.column }),
      ...(it.path && { path: it.path }),
      ...(it.hint && { hint: it.hint }),
      ...(it.when && { when: it.when }),
    }
  })
}

/** Colour where the stream is a terminal; NO_COLOR and FORCE_COLOR decide otherwise. */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0'
  return stream.isTTY === true
}
