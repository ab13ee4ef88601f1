import type { Severity, Span, When } from '../diagnostic/diagnostic.ts'
import type { Fix } from '../diagnostic/fix.ts'

/** How grave a finding is to a team. A core finding of severity `info` is a `note`. */
export type Level = 'note' | 'warning' | 'error'

export const levelOf: { readonly [severity in Severity]: Level } = { info: 'note', warning: 'warning', error: 'error' }

/** Lines and columns begin at 1; columns count code points. The end is behind the last character. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

export interface RelatedPlace {
  readonly message: string
  /** The other file, where it is another. */
  readonly file?: string | undefined
  readonly place?: Place | undefined
}

/** A finding with all that a report says about it. Plain data: it crosses threads, and the text it is about may be gone. */
export interface Finding {
  readonly code: string
  readonly level: Level
  readonly message: string
  readonly hint?: string | undefined
  readonly when?: When | undefined
  /** The element or attribute, in XPath form. */
  readonly path?: string | undefined
  /** UTF-16 offsets into the decoded text. */
  readonly span?: Span | undefined
  readonly place?: Place | undefined
  readonly related: readonly RelatedPlace[]
  readonly fix?: Fix | undefined
  /** The lines around, secrets masked. */
  readonly frame?: string | undefined
  /**
   * What this finding is known by in a file when lines move: made of code, path without positions and the text of its line;
   * two that are alike are counted. A UUID.
   */
  readonly fingerprint: string
}

/** A finding before its file's comments, levels and baseline are asked. */
export type RawFinding = Omit<Finding, 'fingerprint' | 'level'> & {
  readonly severity: Severity
  /** The line as it stands, without the space around, secrets masked. */
  readonly lineText: string
}
