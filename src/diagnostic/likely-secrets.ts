import type { Span } from './diagnostic.ts'
import { didYouMean } from './suggest.ts'

/** Words that a secret stands beside, also misspelt. */
const telling = ['vf-token', 'vftoken', 'token', 'passwd', 'password', 'passphrase', 'secret', 'cookie']
/** Names that hold such a word and no secret: an expiry date, the id of a secret. */
const harmless = /validto$|-secret$|secret-id$|secretid$/i
const tellingPart = /passw|passphrase|token|cookie|^pass$|^secret$|^data$|api-?_?key/i

const names = new Map<string, boolean>()

/** True for a name beside which a secret stands, also a misspelt one. */
function tells(name: string): boolean {
  let known = names.get(name)
  if (known === undefined) {
    known = !harmless.test(name) && (tellingPart.test(name) || didYouMean(name, telling, 1) !== undefined)
    if (names.size > 1000) names.clear()
    names.set(name, known)
  }
  return known
}

/** What turns the need of a secret on or off is none. */
const isSwitch = /^(?:on|off|yes|no|true|false|null|\*+)$/

/** No name is longer; looking back no further keeps the search linear. */
const longestName = 40
const nameAtEnd = /[\w.-]+$/
const inTag = /=\s*(?:"[^"<>]*"?|'[^'<>]*'?|[^\s<>'"=]+)|[0-9a-fA-F-]{8,}/g

/**
 * Where a text holds what looks like a secret by its place or shape: the values and text of a `<vf-token>`, of what is
 * nearly called so, of passwords, cookies and secrets; `password=` and its like anywhere, in arguments of QEMU too;
 * the password of a URL. It needs no well-formed document, and its time grows with the text alone.
 */
export function likelySecrets(text: string): Span[] {
  return [...besideNames(text), ...insideElements(text), ...inUrls(text)]
}

/** `name=value`, `"name":"value"`, `&quot;name&quot;:&quot;value&quot;`. */
function* besideNames(text: string): Generator<Span> {
  for (const { index } of text.matchAll(/[=:]/g)) {
    const before = text.slice(Math.max(0, index - longestName - 8), index).trimEnd()
    const name = nameAtEnd.exec(before.replace(/(?:["']|&quot;|&apos;)$/, ''))?.[0]
    if (name === undefined || !tells(name)) continue
    const value = valueFrom(text, index + 1)
    if (value.end > value.start && !isSwitch.test(text.slice(value.start, value.end))) yield value
  }
}

const opening = /\s*(["']|&quot;|&apos;)?/y

/** What follows a separator: up to the quote that closes it, the end of the line where none does; without quotes up to what cannot be in it. */
function valueFrom(text: string, after: number): Span {
  opening.lastIndex = after
  const quote = opening.exec(text)?.[1]
  const start = opening.lastIndex
  if (quote === undefined) return { start, end: find(/[\s,;&'"<>)}\]]/g, text, start) }
  const close = text.indexOf(quote, start)
  // Looked for no further than the quote: a document may be one long line.
  if (close >= 0 && !/[\r\n]/.test(text.slice(start, close))) return { start, end: close }
  return { start, end: find(quote.length > 1 ? /[\r\n]/g : /[\r\n<]/g, text, start) }
}

function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}

/** The values of a token's tag, and the text of a token, password, cookie or secret. */
function* insideElements(text: string): Generator<Span> {
  for (const { 0: tag, 1: name = '', index } of text.matchAll(/<(?:[\w.-]{1,40}:)?([\w.-]{1,40})/g)) {
    if (!tells(name)) continue
    const from = index + tag.length
    const end = find(/</g, text, from)
    const close = text.indexOf('>', from)
    const bodyFrom = close < 0 || close > end ? end : close + 1
    const token = /tok|vf/i.test(name)
    if (token) for (const value of text.slice(from, bodyFrom).matchAll(inTag)) yield bare(value[0], from + value.index)
    const body = text.slice(bodyFrom, end)
    const inner = body.trim()
    if (inner === '') continue
    const start = bodyFrom + body.indexOf(inner)
    yield { start, end: start + inner.length }
  }
}

/** A value without its equals sign and quotes. */
function bare(value: string, start: number): Span {
  const lead = /^=\s*["']?/.exec(value)?.[0].length ?? 0
  const tail = lead > 1 && /["']$/.test(value) ? 1 : 0
  return { start: start + lead, end: Math.max(start + lead, start + value.length - tail) }
}

/** `scheme://user:password@host`. */
function* inUrls(text: string): Generator<Span> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const end = find(/[\s/'"<>]/g, text, at + 3)
    const login = text.slice(at + 3, end)
    const host = login.lastIndexOf('@')
    const colon = login.indexOf(':')
    if (colon >= 0 && colon + 1 < host) yield { start: at + 3 + colon + 1, end: at + 3 + host }
  }
}
