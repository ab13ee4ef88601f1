const START =
  'A-Z_a-z:\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
const FOLLOW = `${START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}`
const NAME = new RegExp(`[${START}][${FOLLOW}]*`, 'uy')

/** What an ASCII code may do in a name: 0 nothing, 1 follow, 2 start or follow. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[A-Z_a-z:]/.test(character) ? 2 : /[-.0-9]/.test(character) ? 1 : 0
})

/**
 * The end of the XML name (XML 1.0, production 5) that begins at `start`, or `start` where none does.
 * ASCII runs through a table; the first character beyond it hands over to the full production.
 */
export function endOfName(text: string, start: number): number {
  let at = start
  let code = text.charCodeAt(at)
  if (code < 128 && ASCII[code] !== 2) return start
  while (code < 128 && ASCII[code] !== 0) code = text.charCodeAt(++at)
  if (!(code >= 128)) return at
  NAME.lastIndex = start
  return NAME.test(text) ? NAME.lastIndex : start
}
