import type { Span } from './diagnostic.ts'
import { likelySecrets } from './likely-secrets.ts'

/**
 * The same text with secrets as asterisks: those whose places are known, and what looks like one. Offsets, line ends and
 * white space stay, so that findings still point where they did.
 */
export function masked(text: string, known: readonly Span[] = []): string {
  return hide(text, [...known, ...likelySecrets(text)])
}

/** One value that stands by itself (an argument of the user's own), with secrets as `***`. */
export function redacted(value: string): string {
  const spans = sorted(likelySecrets(value))
  let out = ''
  let at = 0
  for (const { start, end } of spans) {
    if (start < at) continue
    out += `${value.slice(at, start)}***`
    at = end
  }
  return out + value.slice(at)
}

function hide(text: string, spans: readonly Span[]): string {
  let out = ''
  let at = 0
  for (const { start, end } of sorted(spans)) {
    if (end <= at) continue
    const from = Math.max(start, at)
    out += text.slice(at, from) + text.slice(from, end).replace(/\S/g, '*')
    at = end
  }
  return out + text.slice(at)
}

function sorted(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.start - b.start)
}

/** Outside its strings JSON holds punctuation, numbers and three words; anything else is a string that lost a quote. */
const plain = /[\s{}[\]:,]+|-?\d[\d.eE+-]*(?![\w=/+])|\b(?:true|false|null)\b/y
const stringToken = /"(?:[^"\\\r\n]|\\[^\r\n])*"?/y

/**
 * A JSON text of a host with every string but keys as asterisks: in a file that is wrong nobody can tell which of them
 * are secrets. It needs no valid JSON.
 */
export function maskedJson(text: string): string {
  let out = ''
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(text)?.[0] || undefined
  }
  while (at < text.length) {
    const harmless = take(plain)
    const string = harmless === undefined ? take(stringToken) : undefined
    const token = harmless ?? string ?? text[at]!
    at += token.length
    if (harmless !== undefined) out += harmless
    else if (string !== undefined && isKey(string, text, at)) out += string
    else out += token.replace(/[^\s"]/g, '*')
  }
  return out
}

function isKey(string: string, text: string, after: number): boolean {
  return string.length > 1 && string.endsWith('"') && /^\s*:/.test(text.slice(after, after + 20))
}
