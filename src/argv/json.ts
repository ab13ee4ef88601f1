import type { Piece } from './piece.ts'
import { isNumberSet, Properties, type Property, type PropertyScalar, type PropertyValue } from './properties.ts'

const hidden = '"***"'

/** Prints properties as one JSON object, a piece a property. Numbers beyond 2^53 are bigints and print in full. */
export function jsonPieces(properties: Properties): Piece[] {
  const pieces: Piece[] = []
  if (properties.list.length > 0) members(properties, '{', pieces)
  return pieces
}

function members({ list }: Properties, lead: string, pieces: Piece[]): void {
  for (let at = 0; at < list.length; at++) {
    const property = list[at]!
    member(`${at === 0 ? lead : ','}${quoted(property.name)}:`, property.value, property, pieces)
  }
  close(pieces, '}')
}

function member(lead: string, value: PropertyValue, property: Property, pieces: Piece[]): void {
  const { from, secret } = property
  if (value instanceof Properties) {
    if (value.list.length === 0) pieces.push({ text: `${lead}{}`, from })
    else members(value, `${lead}{`, pieces)
  } else if (Array.isArray(value)) {
    if (value.length === 0) pieces.push({ text: `${lead}[]`, from })
    else {
      value.forEach((item: PropertyScalar | Properties, index) => {
        member(index === 0 ? `${lead}[` : ',', item, property, pieces)
      })
      close(pieces, ']')
    }
  } else if (isNumberSet(value)) {
    pieces.push({ text: `${lead}[${value.numbers.join(',')}]`, from })
  } else {
    const text = lead + scalarJson(value as PropertyScalar)
    pieces.push(secret ? { text, from, redacted: lead + hidden } : { text, from })
  }
}

/** Closing brackets belong to the piece before them. */
function close(pieces: Piece[], bracket: string): void {
  const last = pieces[pieces.length - 1]!
  const { from, redacted } = last
  const text = last.text + bracket
  pieces[pieces.length - 1] = redacted === undefined ? { text, from } : { text, from, redacted: redacted + bracket }
}

function scalarJson(value: PropertyScalar): string {
  return typeof value === 'string' ? quoted(value) : String(value)
}

/** Nearly all texts of a command line stand in JSON as they are, and `JSON.stringify` is slow to say so. */
const plain = /^[ !#-[\]-~]*$/

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text)
}
