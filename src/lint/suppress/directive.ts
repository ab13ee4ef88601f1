import type { Span } from '../../diagnostic/diagnostic.ts'
import { own } from '../../own.ts'

/**
 * Comments that speak to the linter:
 * ```xml
 * <!-- domxml-disable-file CODE…: reason -->       the whole file
 * <!-- domxml-disable-next-line CODE…: reason -->  the next line, and the start tag that begins behind the comment
 * <!-- domxml-disable-subtree CODE…: reason -->    the element that follows, with all that is in it
 * <!-- domxml-disable CODE…: reason -->            from here to the end of the element that the comment stands in
 * ```
 * A code may end in `/*`; several stand apart by commas or spaces.
 */
export const scopes = ['file', 'next-line', 'subtree', 'rest'] as const

export type Scope = (typeof scopes)[number]

/** A comment that disables, with the part of the text that it holds for. */
export interface Directive {
  readonly scope: Scope
  readonly codes: readonly string[]
  readonly reason: string | undefined
  /** The comment. */
  readonly span: Span
  /** Findings that begin in here are disabled. */
  readonly covers: Span
}

/** What a comment says; undefined where it does not speak to the linter. */
export interface Spoken {
  readonly word: string
  /** Undefined where the word is none of ours. */
  readonly scope: Scope | undefined
  readonly codes: readonly string[]
  readonly reason: string | undefined
}

const spoken = /^\s*(domxml-[a-z-]+)((?:[\s:].*)?)$/s

const scopeOf: { readonly [word: string]: Scope } = {
  'domxml-disable-file': 'file',
  'domxml-disable-next-line': 'next-line',
  'domxml-disable-subtree': 'subtree',
  'domxml-disable': 'rest',
}

export const directiveWords: readonly string[] = Object.keys(scopeOf)

/** XML allows no `--` inside a comment, and libvirt refuses it: a colon or a lone dash begins the reason. */
const reasonMark = /\s*:\s+|\s+[:–—-]\s+/

/** Reads the text of a comment. */
export function readComment(text: string): Spoken | undefined {
  const [, word, rest = ''] = spoken.exec(text) ?? []
  if (word === undefined) return undefined
  const [codes = '', ...reason] = rest.split(reasonMark)
  const said = reason.join(' ').trim()
  return {
    word,
    scope: own(scopeOf, word),
    codes: codes.split(/[\s,]+/).filter((code) => code !== ''),
    reason: said === '' ? undefined : said,
  }
}

/** Whether a code is among those named; `disk/*` names all that begin so, `*` all. */
export function namesCode(named: string, code: string): boolean {
  return named.endsWith('*') ? code.startsWith(named.slice(0, -1)) : named === code
}
