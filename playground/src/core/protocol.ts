import type { Severity, Span } from '../../../src/diagnostic/diagnostic.ts'
import type { Edit, Fix } from '../../../src/diagnostic/fix.ts'
import type { Completion } from '../../../src/lsp/completion.ts'
import type { Hover } from '../../../src/lsp/hover.ts'

/** What a conversion depends on beside the XML. `qemu` and `host` name built-in ones unless a file is given. */
export interface Choices {
  readonly libvirt: string
  readonly qemu: string
  readonly host: string
  readonly hostFile?: string | undefined
  readonly capabilitiesFile?: string | undefined
}

export interface Finding {
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly hint?: string | undefined
  readonly span: Span | undefined
  readonly line: number | undefined
  readonly fix?: Fix | undefined
}

/** Where a piece came from: a place in the XML, or a label of what decided it. */
export interface Source {
  readonly kind: 'xml' | 'default' | 'implicit' | 'address' | 'rule' | 'capability' | 'machine' | 'host' | 'assumed'
  /** A path in the XML, the name of a rule, a flag or a fact. */
  readonly label: string
  readonly span?: Span | undefined
  readonly line?: number | undefined
}

export interface Piece {
  readonly text: string
  readonly sources: readonly Source[]
}

/** An argument with its value, a variable, or the binary: what stands on one line. */
export interface Row {
  readonly option: string
  readonly pieces: readonly Piece[]
}

export interface Converted {
  readonly arch: string
  /** What was taken for `latest`, a version between two tables, a release between two with evidence. */
  readonly qemu: string
  readonly libvirt: string
  readonly findings: readonly Finding[]
  /** Undefined where there is an error. */
  readonly rows: readonly Row[] | undefined
  readonly secrets: number
}

export interface Mark {
  readonly span: Span
  readonly kind: Source['kind']
  readonly label: string
}

export interface Compared {
  readonly left: readonly string[]
  readonly right: readonly string[]
  /** What stands over the two sides. */
  readonly names: readonly [string, string]
}

export type CopyFormat = 'shell' | 'lines' | 'json'

/** Every question to the worker, with its answer. */
export interface Questions {
  convert: { ask: { text: string; choices: Choices; secrets: boolean }; answer: Converted }
  complete: { ask: { text: string; choices: Choices }; answer: { xml: string; marks: readonly Mark[] } | undefined }
  compare: {
    ask: { text: string; choices: Choices; other: Choices; what: 'argv' | 'xml' }
    answer: Compared | undefined
  }
  topology: { ask: { text: string; choices: Choices }; answer: { svg: string; tree: string } | undefined }
  print: { ask: { text: string; choices: Choices; format: CopyFormat; secrets: boolean }; answer: string | undefined }
  completions: { ask: { text: string; offset: number; choices: Choices }; answer: readonly Completion[] }
  hover: { ask: { text: string; offset: number; choices: Choices }; answer: Hover | undefined }
  chooseArch: { ask: { text: string; arch: string }; answer: Edit | undefined }
  hideSecrets: { ask: { text: string }; answer: string }
}

export type Name = keyof Questions

export interface Asked<N extends Name = Name> {
  readonly id: number
  readonly name: N
  readonly ask: Questions[N]['ask']
}

export type Answered =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: string }
