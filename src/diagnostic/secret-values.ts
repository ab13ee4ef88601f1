import type { Span } from './diagnostic.ts'
import { longestName, tells } from './telling-names.ts'

/** What turns the need of a secret on or off is none. */
const isSwitch = /^(?:on|off|yes|no|true|false|null|\*+)$/

const nameAtEnd = /[\w.-]+$/
const separators = /[\s=:]+$/
const quoteAtEnd = /(?:["']|&quot;|&apos;)$/

/** `name=value`, `"name":"value"`, `&quot;name&quot;:&quot;value&quot;`, and where the equals sign is lost. */
export function* besideNames(text: string): Generator<Span> {
  for (const { index } of text.matchAll(/[=:]/g)) {
    const before = text.slice(Math.max(0, index - longestName - 8), index).replace(separators, '')
    const name = nameAtEnd.exec(before.replace(quoteAtEnd, ''))?.[0]
    if (name !== undefined && tells(name)) yield* secretFrom(text, index + 1, text[index] === ':')
  }
  for (const { 0: found, 1: name = '', index } of text.matchAll(/(?:["']|<[\w:.-]{1,60})\s+([\w.-]{3,40})\s*(?=["'])/g))
    if (tells(name)) yield* secretFrom(text, index + found.length, false)
}

/** A tag is no longer, and looking no further keeps the search linear. */
const longestTag = 2000

/** `<entry name='password' value='…'/>`, `<entry name='password'>…</entry>`: the name is a value itself. */
export function* ofNamed(text: string): Generator<Span> {
  for (const { 0: found, 1: name = '', index } of text.matchAll(/\bname\s*=\s*["']([\w.-]{3,40})["']/g)) {
    if (!tells(name)) continue
    const after = index + found.length
    const from = Math.max(0, index - longestTag)
    const start = from + text.slice(from, index).lastIndexOf('<') + 1
    const [rest = ''] = text.slice(after, after + longestTag).split('<', 1)
    for (const { 0: value, index: at } of text.slice(start, after + rest.length).matchAll(/\bvalue\s*=/g))
      yield* secretFrom(text, start + at + value.length, false)
    const close = rest.indexOf('>')
    if (close >= 0) yield* trimmed(text, after + close + 1, after + rest.length)
  }
}

/** A span without the white space around it; nothing where there is nothing else. */
export function* trimmed(text: string, start: number, end: number): Generator<Span> {
  const inner = text.slice(start, end).trim()
  if (inner === '') return
  const from = text.indexOf(inner, start)
  yield { start: from, end: from + inner.length }
}

export function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? text.length
}

function* secretFrom(text: string, after: number, isJson: boolean): Generator<Span> {
  const value = valueFrom(text, after, isJson)
  if (value.end > value.start && !isSwitch.test(text.slice(value.start, value.end))) yield value
}

const opening = /[\s=>]*(["']|&quot;|&apos;)?/y
/** A comma that stands twice is one in a value of QEMU's; what a URL asks next begins with a name. */
const unquoted = /(?:,,|&(?!quot;|apos;|(?:amp;)?[\w.-]{1,40}=)(?:[a-z]{1,6};)?|[^\s,;&'"<>)}\]])*/y

/** What follows a separator: up to the quote that closes it, the end of the line where none does; without quotes up to what cannot be in it. */
function valueFrom(text: string, after: number, isJson: boolean): Span {
  opening.lastIndex = after
  const quote = opening.exec(text)?.[1]
  const start = opening.lastIndex
  if (quote === undefined) {
    unquoted.lastIndex = start
    return { start, end: start + (unquoted.exec(text)?.[0].length ?? 0) }
  }
  const close = closing(text, quote, start, isJson)
  // Looked for no further than the quote: a document may be one long line.
  if (close >= 0 && !/[\r\n]/.test(text.slice(start, close))) return { start, end: close }
  return { start, end: find(quote.length > 1 ? /[\r\n]/g : /[\r\n<]/g, text, start) }
}

/** The quote that closes a value; in JSON one behind a backslash does not. */
function closing(text: string, quote: string, start: number, isJson: boolean): number {
  let close = text.indexOf(quote, start)
  while (isJson && close > start && isEscaped(text, start, close)) close = text.indexOf(quote, close + 1)
  return close
}

function isEscaped(text: string, start: number, at: number): boolean {
  let backslashes = 0
  while (at - backslashes > start && text[at - backslashes - 1] === '\\') backslashes++
  return backslashes % 2 === 1
}
