import type { Span } from './diagnostic.ts'
import { besideNames, find, ofNamed, trimmed } from './secret-values.ts'
import { tells } from './telling-names.ts'

/**
 * Where a text holds what looks like a secret by its place or shape: the values and text of a `<vf-token>`, of what is
 * nearly called so, of passwords, cookies and secrets; `password=` and its like anywhere, in arguments of QEMU too;
 * what is named so by an attribute; the password of a URL. It needs no well-formed document, and its time grows with the
 * text alone.
 */
export function likelySecrets(text: string): Span[] {
  return [
    ...besideNames(text),
    ...ofNamed(text),
    ...insideElements(text),
    ...beforeEndTags(text),
    ...tokensOutside(text),
    ...inUrls(text),
  ]
}

/** The same of a sentence of ours that may quote a value: what it says of tokens and passwords itself is none. */
export function secretsInProse(text: string): Span[] {
  const quoted = [...besideNames(text)].filter(({ start }) => !/\s/.test(text[start - 1] ?? ''))
  return [...quoted, ...inUrls(text)]
}

const inTag = /=\s*(?:"[^"<>]*"?|'[^'<>]*'?|[^\s<>'"=]+)|[0-9a-fA-F-]{8,}/g
const hexadecimal = /[0-9a-fA-F-]{8,}/g
/** A token's tag is no longer. */
const longestTag = 160

/** The values of a token's tag, and the text of a token, password, cookie or secret. */
function* insideElements(text: string): Generator<Span> {
  for (const { 0: tag, 1: name = '', index } of text.matchAll(/<(?:[\w.-]{1,40}:)?([\w.-]{1,40})/g)) {
    if (!tells(name)) continue
    const from = index + tag.length
    const end = find(/</g, text, from)
    const close = text.slice(from, end).indexOf('>')
    const bodyFrom = close < 0 ? end : from + close + 1
    if (/tok|vf/i.test(name)) {
      for (const value of text.slice(from, bodyFrom).matchAll(inTag)) yield bare(value[0], from + value.index)
      yield* tokensFrom(text, from)
    }
    yield* trimmed(text, bodyFrom, end)
  }
}

/** What stands before `</password>`, also where its start tag is broken. */
function* beforeEndTags(text: string): Generator<Span> {
  for (const { 1: name = '', index } of text.matchAll(/<\/(?:[\w.-]{1,40}:)?([\w.-]{1,40})/g)) {
    if (!tells(name)) continue
    let start = index
    while (start > 0 && text[start - 1] !== '<' && text[start - 1] !== '>') start--
    yield* trimmed(text, start, index)
  }
}

/** `vf-token uuid='…'` whose tag is broken. */
function* tokensOutside(text: string): Generator<Span> {
  for (const { 0: found, 1: name = '', index } of text.matchAll(/([\w.-]{2,40})\s+uuid\s*=/g))
    if (/tok|vf/i.test(name) && tells(name)) yield* tokensFrom(text, index + found.length)
}

/** What may be a token up to the end of its tag, whatever markup is between. */
function* tokensFrom(text: string, from: number): Generator<Span> {
  const [tag = ''] = text.slice(from, from + longestTag).split('/>', 1)
  for (const { 0: value, index } of tag.matchAll(hexadecimal))
    yield { start: from + index, end: from + index + value.length }
}

/** A value without its equals sign and quotes. */
function bare(value: string, start: number): Span {
  const lead = /^=\s*["']?/.exec(value)?.[0].length ?? 0
  const tail = lead > 1 && /["']$/.test(value) ? 1 : 0
  return { start: start + lead, end: Math.max(start + lead, start + value.length - tail) }
}

const port = /^\d*$/

/** `scheme://user:password@host`, `iscsi://user%password@host`, also where the text ends before the host. */
function* inUrls(text: string): Generator<Span> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const end = find(/[\s/'"<>]/g, text, at + 3)
    const login = text.slice(at + 3, end)
    const host = login.lastIndexOf('@')
    const colon = login.search(/[:%]/)
    if (colon < 0 || login.startsWith('[')) continue
    const secretEnd = host > colon ? host : login.length
    if (host > colon || !port.test(login.slice(colon + 1))) yield { start: at + 3 + colon + 1, end: at + 3 + secretEnd }
  }
}
