const S = '[ \\t\\r\\n]'
const EQUALS = `${S}*=${S}*`
const quoted = (body: string) => `(?:"${body}"|'${body}')`
const DECLARATION = new RegExp(
  `<\\?xml${S}+version${EQUALS}${quoted('1\\.[0-9]+')}` +
    `(?:${S}+encoding${EQUALS}(${quoted('[A-Za-z][A-Za-z0-9._\\-]*')}))?` +
    `(?:${S}+standalone${EQUALS}${quoted('(?:yes|no)')})?${S}*\\?>`,
  'y',
)

/** The XML declaration a text begins with. */
export interface Declaration {
  readonly end: number
  readonly encoding: string | undefined
}

/** True where the text begins with something that claims to be an XML declaration. */
export function claimsDeclaration(text: string): boolean {
  return /^<\?xml(?:[ \t\r\n]|\?)/.test(text)
}

/** Reads the declaration at the text's first character; undefined where it is absent or malformed. */
export function readDeclaration(text: string): Declaration | undefined {
  DECLARATION.lastIndex = 0
  const match = DECLARATION.exec(text)
  return match === null ? undefined : { end: DECLARATION.lastIndex, encoding: match[1]?.slice(1, -1) }
}
