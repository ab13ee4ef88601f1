import type { Fix } from './fix.ts'
import type { Span } from './span.ts'

export type { Span }

export type Severity = 'error' | 'warning' | 'info'

/** The stage that refuses: while a domain is defined, or only when a command line is built. */
export type When = 'define' | 'start'

/** A second place that helps to understand a diagnostic. */
export interface Related {
  readonly message: string
  readonly span: Span | undefined
}

/**
 * One finding. `code` is stable and named like a rule (`hostdev/vf-token-unsupported`); `message` says what is
 * wrong, `hint` what to do. Neither ever contains a secret. Lines and columns are computed from `span` at the edge.
 */
export interface Diagnostic {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly when?: When
  /** Where in the source text, when the finding is about something that stands there. */
  readonly span?: Span | undefined
  /** The element or attribute in XPath form, e.g. `/domain/devices/hostdev[2]/source/address/@bus`. */
  readonly path?: string | undefined
  readonly related?: readonly Related[]
  readonly hint?: string | undefined
  /** How the text is to be changed, where that is known. */
  readonly fix?: Fix | undefined
}

/** True where at least one of the findings is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error')
}

/** True where libvirt would not take the definition, not only refuse to start it. */
export function refusesDefine(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity, when }) => severity === 'error' && when !== 'start')
}

/** Findings in document order; those without a place come last, in the order they were made. */
export function inDocumentOrder<D extends Diagnostic>(diagnostics: readonly D[]): D[] {
  const place = (diagnostic: D) => diagnostic.span?.start ?? Number.MAX_SAFE_INTEGER
  return [...diagnostics].sort((a, b) => place(a) - place(b))
}

/** Without warnings that an error at the very same place explains: one mistake is told once. */
export function withoutEchoes<D extends Diagnostic>(diagnostics: readonly D[]): D[] {
  const key = ({ span }: Diagnostic) => span && `${span.start}-${span.end}`
  const errors = new Set(diagnostics.flatMap((it) => (it.severity === 'error' ? (key(it) ?? []) : [])))
  return diagnostics.filter((it) => it.severity !== 'warning' || !errors.has(key(it) ?? ''))
}
