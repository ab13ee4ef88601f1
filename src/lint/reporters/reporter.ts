import { unsteeredJson } from '../../diagnostic/printable.ts'
import type { LintedFile } from '../conclude.ts'
import type { Finding, Level } from '../finding.ts'

/** What a run came to. */
export interface Summary {
  /** Files of every kind, ignored ones apart. */
  readonly files: number
  /** Domains and fragments that were checked. */
  readonly checked: number
  /** Files of other XML, and those that the configuration ignores. */
  readonly foreign: number
  readonly ignored: number
  readonly errors: number
  readonly warnings: number
  readonly notes: number
  /** Findings that comments disabled, that a baseline knows, that `--fix` mended. */
  readonly disabled: number
  readonly known: number
  readonly fixed: number
  /** Findings of the baseline that are not found any more. */
  readonly gone: number
}

/** What a rule's page says, as far as reports want it. */
export interface RuleNote {
  readonly title: string
  /** What to do, or why it matters; in Markdown. */
  readonly help: string
  /** The document that the rule follows. */
  readonly url?: string | undefined
}

export interface ReportOptions {
  readonly colour: boolean
  readonly version: string
  /** Undefined for a code without a page. */
  readonly rule: (code: string) => RuleNote | undefined
}

/**
 * Prints a run as it goes on: what `begin`, `file` (once a file, in order) and `end` give, joined, is the report. Nothing
 * is kept of a file that was told, so that memory does not grow with the run.
 */
export interface Reporter {
  begin?(): string
  file(file: LintedFile): string
  end?(summary: Summary): string
}

export type MakeReporter = (options: ReportOptions) => Reporter

export const levels: readonly Level[] = ['error', 'warning', 'note']

/** `file:line:column`, as far as it is known. */
export function where(name: string, { place }: Pick<Finding, 'place'>): string {
  return place === undefined ? name : `${name}:${place.line}:${place.column}`
}

/** Message and hint in one line. */
export function said({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message} ${hint.replace(/\s+/g, ' ')}`
}

/** Items of a JSON array that is written piece by piece. */
export class JsonItems {
  #first = true

  add(items: readonly unknown[], indent = '  '): string {
    let out = ''
    for (const item of items) {
      out += `${this.#first ? '' : ','}\n${indent}${unsteeredJson(JSON.stringify(item))}`
      this.#first = false
    }
    return out
  }
}

/** Text for XML 1.0, in attributes and elements: what XML cannot hold is shown as U+FFFD. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}
