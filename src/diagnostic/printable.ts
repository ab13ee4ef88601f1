import { own } from '../own.ts'
import type { Diagnostic } from './diagnostic.ts'
import { redactedProse } from './mask.ts'

/** What steers a terminal, or begins a line of its own in the log of a CI: controls, formats (bidirectional text), separators. */
const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const named: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const escapeOne = (character: string): string =>
  own(named, character) ?? `\\u{${character.codePointAt(0)!.toString(16).padStart(4, '0')}}`

/** One line of text with what steers escaped, and nothing cut: for who must be able to copy it. */
export const unsteered = (text: string): string => text.replace(steering, escapeOne)

/** The same for a JSON text, which stays the same JSON: its own escapes are used, line ends between values stay. */
export function unsteeredJson(json: string): string {
  return json.replace(steering, (character) =>
    character === '\n' ? character : Array.from({ length: character.length }, (_, at) => unit(character, at)).join(''),
  )
}

const unit = (text: string, at: number): string => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`

/** A word longer than this is no name that anybody wrote; it is cut. */
const longestWord = 200
const longWord = new RegExp(`\\S{${longestWord + 1},}`, 'g')
const longestMessage = 2000

/**
 * One line of text that a terminal and a log show as it is: control characters escaped, words over 200 characters cut,
 * secrets of what it quotes hidden.
 */
export function printable(text: string): string {
  const safe = redactedProse(text)
  const short = safe.length > longestWord ? cut(safe) : safe
  return unsteered(short)
}

function cut(text: string): string {
  const words = text.replace(longWord, (word) => `${word.slice(0, longestWord)}…`)
  return words.length > longestMessage ? `${words.slice(0, longestMessage)}…` : words
}

/** The finding with texts that can be shown anywhere. A hint may have several lines. */
export function printableFinding<D extends Diagnostic>(finding: D): D {
  const { fix, hint, message, path, related } = finding
  return {
    ...finding,
    message: printable(message),
    ...(hint !== undefined && { hint: hint.split('\n').map(printable).join('\n') }),
    ...(path !== undefined && { path: printable(path) }),
    ...(fix && { fix: { ...fix, title: printable(fix.title) } }),
    ...(related && { related: related.map((it) => ({ ...it, message: printable(it.message) })) }),
  }
}
