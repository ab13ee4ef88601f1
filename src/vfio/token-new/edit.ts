import type { Span } from '../../diagnostic/diagnostic.ts'
import { attributeOf, elementsOf, type XmlElement } from '../../xml/tree.ts'
import { hostFunctions, readSource } from '../preflight/extract.ts'

/** A place in a source text, and what is to stand there instead. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** A source address that gets the token. */
export interface TokenPlace {
  readonly address: string
  readonly span: Span
  /** Whether it had a token before. */
  readonly had: boolean
  readonly edit: Edit
}

/**
 * The edits that give `token` to each of the functions `wanted` that a domain takes. Only the token's value is touched,
 * or a `<vf-token>` put in where there is none; everything else stays as it is written.
 * @param text what `root` was read from
 */
export function tokenPlaces(text: string, root: XmlElement, wanted: ReadonlySet<string>, token: string): TokenPlace[] {
  return hostFunctions(root).flatMap(({ source }) => {
    const { address } = readSource(source)
    if (!wanted.has(address)) return []
    const given = elementsOf(source).find(({ local, uri }) => local === 'vf-token' && uri === '')
    const edit = given === undefined ? insertion(text, source, token) : replacement(text, given, token)
    return [{ address, span: source.span, had: given !== undefined, edit }]
  })
}

/** The text with all edits made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const { span, text: instead } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    result += text.slice(at, span.start) + instead
    at = span.end
  }
  return result + text.slice(at)
}

function replacement(text: string, given: XmlElement, token: string): Edit {
  const uuid = attributeOf(given, 'uuid')
  if (uuid !== undefined) return { span: uuid.valueSpan, text: token }
  const at = given.nameSpan.end
  return { span: { start: at, end: at }, text: ` uuid=${quoted(text, given, token)}` }
}

/** In the quotes that the element (else the element around it) uses. */
function quoted(text: string, element: XmlElement, token: string): string {
  const attribute = element.attributes[0] ?? element.parent?.attributes[0]
  const quote = attribute === undefined ? "'" : text.charAt(attribute.valueSpan.end)
  return `${quote}${token}${quote}`
}

function insertion(text: string, source: XmlElement, token: string): Edit {
  const last = source.attributes.at(-1)
  const start = last === undefined ? source.nameSpan.end : last.valueSpan.end + 1
  const close = /\s*\/?>/y
  close.lastIndex = start
  const end = start + (close.exec(text)?.[0].length ?? 0)
  const child = `<vf-token uuid=${quoted(text, source, token)}/>`
  const line = lineBefore(text, source)
  const inside = line === undefined ? undefined : line + indentUnit(text, source)
  if (text.charAt(end - 2) === '/') {
    const closing = `</${source.name}>`
    const body = inside === undefined ? `${child}${closing}` : `${inside}${child}${line}${closing}`
    return { span: { start, end }, text: `>${body}` }
  }
  const at = { start: end, end }
  if (inside === undefined) return { span: at, text: child }
  if (source.children.length === 0) return { span: at, text: `${inside}${child}${line}` }
  return { span: at, text: startsOnOwnLine(text, end) ? `${inside}${child}` : child }
}

const startsOnOwnLine = (text: string, at: number) => /^[ \t]*\r?\n/.test(text.slice(at, at + 1000))

/** Line break and indentation before an element that stands first on its line. */
function lineBefore(text: string, element: XmlElement): string | undefined {
  return /\r?\n[ \t]*$/.exec(text.slice(0, element.span.start))?.[0]
}

/** What an element is indented more than the one around it; two spaces where that cannot be told. */
function indentUnit(text: string, element: XmlElement): string {
  const outer = element.parent && lineBefore(text, element.parent)?.replace(/[\r\n]/g, '')
  const inner = lineBefore(text, element)?.replace(/[\r\n]/g, '')
  if (outer === undefined || inner === undefined || !inner.startsWith(outer)) return '  '
  return inner.slice(outer.length) || '  '
}
