import type { Span } from '../diagnostic/diagnostic.ts'
import type { Origin, Origins } from '../origin/origin.ts'

/** A definition with the text and origins it has there. */
export interface Side {
  readonly value: object
  readonly origins: Origins
}

/** A part of a completed document that nobody wrote. */
export interface Added {
  /** In the completed text: a whole element, or one attribute with its value. */
  readonly span: Span
  /** Undefined where the reader fills it by the description's own default. */
  readonly origin: Origin | undefined
}

/**
 * What a stage added to a document. `written` is the definition that was completed, `printed` the same read back from
 * the completed text: both have the same shape, so that the first tells why and the second where.
 */
export function addedIn(text: string, written: Side, printed: Side): Added[] {
  const found: Added[] = []
  compare(text, written.value, printed.value, written.origins, printed.origins, found)
  return found.sort((a, b) => a.span.start - b.span.start)
}

type Fields = { readonly [key: string]: unknown }

function compare(text: string, a: object, b: object, why: Origins, where: Origins, found: Added[]): void {
  const node = where.nodeOf(b)
  const origin = why.of(a)
  if (node !== undefined && origin !== undefined && origin.kind !== 'xml') {
    found.push({ span: node.span, origin })
    return
  }
  const other = b as Fields
  for (const [key, value] of Object.entries(a)) {
    const printed = other[key]
    if (value === undefined || printed === undefined) continue
    if (Array.isArray(value) && Array.isArray(printed) && value.every(isObject)) {
      value.forEach((item: object, index) => {
        if (isObject(printed[index])) compare(text, item, printed[index], why, where, found)
      })
    } else if (isObject(value) && isObject(printed) && !('children' in value)) {
      compare(text, value, printed, why, where, found)
    } else if (!isObject(value) && node !== undefined) {
      const span = where.placeOf(b, key)?.span
      if (span === undefined || isWritten(a, key, why)) continue
      const source = why.of(a, key)
      found.push({ span: whole(text, span), origin: source?.kind === 'xml' ? undefined : source })
    }
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isWritten(owner: object, key: string, origins: Origins): boolean {
  return origins.of(owner, key)?.kind === 'xml' && origins.placeOf(owner, key) !== undefined
}

/** From a value to the whole attribute, from an element's name to the whole element. */
function whole(text: string, { start, end }: Span): Span {
  const before = text[start - 1]
  if (before === "'" || before === '"') {
    const name = /[^\s<>=]+=.$/.exec(text.slice(Math.max(0, start - 100), start))
    return { start: start - (name?.[0].length ?? 0), end: end + 1 }
  }
  if (before !== '<') return { start, end }
  const name = text.slice(start, end)
  const close = text.indexOf('>', end)
  if (text[close - 1] === '/') return { start: start - 1, end: close + 1 }
  const endTag = `</${name}>`
  return { start: start - 1, end: text.indexOf(endTag, close) + endTag.length }
}
