import type { Piece } from './piece.ts'
import { isNumberSet, Properties, type Property, type PropertyScalar, type PropertyValue } from './properties.ts'

export interface KeyValueStyle {
  /** The property that prints as a bare value at the front (`driver`, `qom-type`, `type`). */
  readonly bare?: string
}

/** A comma ends a value in QEMU's option syntax, so one inside a value is doubled. */
export function escapeCommas(value: string): string {
  return value.includes(',') ? value.replaceAll(',', ',,') : value
}

/** Prints properties as `a=1,b=on`, a piece a property. */
export function keyValuePieces(properties: Properties, style: KeyValueStyle): Piece[] {
  const pieces: Piece[] = []
  for (const property of properties.list) {
    if (property.name === style.bare && pieces.length === 0) {
      pieces.push({ text: escapeCommas(String(property.value)), from: property.from })
    } else member(property.name, property.value, property, style, pieces)
  }
  return pieces
}

function member(key: string, value: PropertyValue, property: Property, style: KeyValueStyle, pieces: Piece[]): void {
  const { from, secret } = property
  const lead = pieces.length === 0 ? '' : ','
  if (value instanceof Properties) {
    for (const inner of value.list) member(`${key}.${inner.name}`, inner.value, inner, style, pieces)
  } else if (Array.isArray(value)) {
    value.forEach((item: PropertyScalar | Properties, index) => {
      member(`${key}.${index}`, item, property, style, pieces)
    })
  } else if (isNumberSet(value)) {
    for (const range of ranges(value.numbers))
      pieces.push({ text: `${pieces.length === 0 ? '' : ','}${key}=${range}`, from })
  } else {
    const text = value === null ? `${lead}${key}` : `${lead}${key}=${scalarText(value as PropertyScalar)}`
    pieces.push(secret ? { text, from, redacted: `${lead}${key}=***` } : { text, from })
  }
}

function scalarText(value: PropertyScalar): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'string' ? escapeCommas(value) : String(value)
}

/** `0-3`, `5`: runs of a sorted list of numbers. */
function ranges(numbers: readonly number[]): string[] {
  const found: string[] = []
  for (let i = 0; i < numbers.length; ) {
    let end = i
    while (numbers[end + 1] === numbers[end]! + 1) end++
    found.push(end === i ? `${numbers[i]}` : `${numbers[i]}-${numbers[end]}`)
    i = end + 1
  }
  return found
}
