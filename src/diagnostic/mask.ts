import type { Span } from './diagnostic.ts'
import { likelySecrets, secretsInProse } from './likely-secrets.ts'

/**
 * The same text with secrets as asterisks: those whose places are known, and what looks like one. Offsets, line ends and
 * white space stay, so that findings still point where they did.
 */
export function masked(text: string, known: readonly Span[] = []): string {
  return hide(text, [...known, ...likelySecrets(text)])
}

/** One value that stands by itself (an argument of the user's own), with secrets as `***`. */
export function redacted(value: string): string {
  return replace(value, likelySecrets(value), () => '***')
}

/** A sentence or a name of ours, with secrets of a value that it quotes as `***`. */
export function redactedProse(text: string): string {
  return replace(text, secretsInProse(text), () => '***')
}

function hide(text: string, spans: readonly Span[]): string {
  return replace(text, spans, (secret) => secret.replace(/\S/g, '*'))
}

/** With something else for each run of text that spans cover; they may overlap. */
function replace(text: string, spans: readonly Span[], instead: (secret: string) => string): string {
  let out = ''
  let at = 0
  for (const { start, end } of united(spans)) {
    out += text.slice(at, start) + instead(text.slice(start, end))
    at = end
  }
  return out + text.slice(at)
}

/** In order, those that overlap as one. */
function united(spans: readonly Span[]): Span[] {
  const apart: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = apart.at(-1)
    if (last === undefined || span.start >= last.end) apart.push(span)
    else if (span.end > last.end) apart[apart.length - 1] = { start: last.start, end: span.end }
  }
  return apart
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
  let last = ''
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
    else if (string !== undefined && !belongsToOther.has(last) && isKey(string, text, at)) out += string
    else out += token.replace(/[^\s"]/g, '*')
    last = token.trimEnd().at(-1) ?? last
  }
  return out
}

/** A string behind a colon or another string is no key, were a colon to follow by mistake. */
const belongsToOther: ReadonlySet<string> = new Set([':', '"'])

/** A key with what stands between keys and values is one that lost a quote. */
function isKey(string: string, text: string, after: number): boolean {
  if (/[{},]/.test(string)) return false
  return string.length > 1 && string.endsWith('"') && /^\s*:/.test(text.slice(after, after + 20))
}
