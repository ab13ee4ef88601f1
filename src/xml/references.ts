const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

const REFERENCE = /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([^\s&;<#]+));/y
const EVERY_REFERENCE = /&(#x?)?([^;]+);/g

/** What stands at an `&`: its end, or why it is no reference that a document without a DTD may hold. */
export type Reference =
  | { readonly end: number }
  | { readonly problem: 'malformed' | 'undeclared' | 'illegal-character'; readonly end: number }

/** Judges the reference whose `&` is at `start`. */
export function referenceAt(text: string, start: number): Reference {
  REFERENCE.lastIndex = start
  const match = REFERENCE.exec(text)
  if (match === null) return { problem: 'malformed', end: start + 1 }
  const end = REFERENCE.lastIndex
  const [, hexadecimal, decimal, name] = match
  if (name !== undefined) return PREDEFINED.has(name) ? { end } : { problem: 'undeclared', end }
  const code = hexadecimal !== undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal)
  return isCharacter(code) ? { end } : { problem: 'illegal-character', end }
}

/** XML 1.0, production 2. */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff)
}

/** Text of well-formed content: line ends become `\n`, references their character. */
export function decodeText(raw: string): string {
  const text = raw.includes('\r') ? normalizeLineEnds(raw) : raw
  return text.includes('&') ? replaceReferences(text) : text
}

/** An attribute's raw value: like text, but white space written as such becomes a space. */
export function decodeValue(raw: string): string {
  if (!/[&\t\n\r]/.test(raw)) return raw
  return replaceReferences(normalizeLineEnds(raw).replace(/[\t\n]/g, ' '))
}

export function normalizeLineEnds(raw: string): string {
  return raw.replace(/\r\n?/g, '\n')
}

function replaceReferences(text: string): string {
  return text.replace(EVERY_REFERENCE, (whole, base: string | undefined, body: string) => {
    if (base === undefined) return PREDEFINED.get(body) ?? whole
    return String.fromCodePoint(Number.parseInt(body, base === '#' ? 10 : 16))
  })
}
