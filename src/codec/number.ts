import { isProblem, type Scalar } from './scalar.ts'

export interface Range<N> {
  readonly min?: N
  readonly max?: N
}

const decimal = /^\s*[+-]?\d+$/
const anyBase = /^\s*[+-]?(0[xX][0-9a-fA-F]+|\d+)$/

function words(min: number | bigint, max: number | bigint): string {
  return `a whole number from ${min} to ${max}`
}

/** Reads C notation: decimal, `0x` hexadecimal, leading `0` octal. undefined where it is none of them. */
export function parseC(raw: string): bigint | undefined {
  if (!anyBase.test(raw)) return undefined
  const trimmed = raw.trim()
  const digits = trimmed.replace(/^[+-]/, '')
  let value: bigint
  if (/^0[0-7]+$/.test(digits)) value = BigInt(`0o${digits.slice(1)}`)
  else if (/^0\d/.test(digits)) return undefined
  else value = BigInt(digits)
  return trimmed.startsWith('-') ? -value : value
}

/** A decimal whole number within the range (safe integers only). */
export function integer({ min = 0, max = 0xffffffff }: Range<number> = {}): Scalar<number> {
  return {
    parse: (raw) => {
      if (!decimal.test(raw)) return { problem: 'is not a whole number' }
      const value = Number(raw)
      return value < min || value > max ? { problem: `is out of range: it must be ${words(min, max)}` } : value
    },
    format: String,
    schema: { type: 'integer', minimum: min, maximum: max },
    doc: words(min, max),
  }
}

/** A decimal number of 32 bits without a sign that libvirt prints with one. */
export function wrapping(): Scalar<number> {
  return { ...integer(), format: (value) => String(value | 0) }
}

/** A number read in C notation and printed as `0x` and at least `width` hexadecimal digits. */
export function hex(width: number, { min = 0, max = 0xffffffff }: Range<number> = {}): Scalar<number> {
  return {
    parse: (raw) => {
      const value = parseC(raw)
      if (value === undefined) return { problem: 'is not a number (decimal, 0x hexadecimal or 0 octal)' }
      const small = Number(value)
      return small < min || small > max
        ? { problem: `is out of range: it must lie from 0x${min.toString(16)} to 0x${max.toString(16)}` }
        : small
    },
    format: (value) => `0x${value.toString(16).padStart(width, '0')}`,
    schema: { type: 'integer', minimum: min, maximum: max },
    doc: `a number from 0x${min.toString(16)} to 0x${max.toString(16)}`,
  }
}

/** A number in C notation, printed in decimal. */
export function cNumber({ min = 0, max = 0xffffffff }: Range<number> = {}): Scalar<number> {
  return { ...hex(1, { min, max }), format: String, doc: words(min, max) }
}

const maxU64 = 0xffff_ffff_ffff_ffffn
/** JSON cannot bound a number beyond 2^53, so examples do. */
const bigExamples = (min: bigint, max: bigint) => [min, min + (max - min) / 3n, max].map(String)
const bigSchema = { type: ['integer', 'string'], pattern: '^-?[0-9]+$' }

/** A whole number of up to 64 bits: sizes and identifiers that may pass 2^53. */
export function big({ min = 0n, max = maxU64 }: Range<bigint> = {}): Scalar<bigint> {
  return {
    parse: (raw) => {
      if (!decimal.test(raw)) return { problem: 'is not a whole number' }
      const value = BigInt(raw.trim())
      return value < min || value > max ? { problem: `is out of range: it must be ${words(min, max)}` } : value
    },
    format: String,
    schema: bigSchema,
    examples: bigExamples(min, max),
    doc: words(min, max),
  }
}

/** As C reads base 16: blanks and a sign before it, nothing behind it. */
const hexadecimal = /^\s*\+?(?:0x)?([0-9a-f]+)$/i

/** A number that is read in hexadecimal whether `0x` stands before it or not, and printed with it. */
export function base16(width: number, range: Range<number> = {}): Scalar<number> {
  const prefixed = hex(width, range)
  return {
    ...prefixed,
    parse: (raw) => {
      const digits = hexadecimal.exec(raw)?.[1]
      return digits === undefined ? { problem: 'is not a hexadecimal number' } : prefixed.parse(`0x${digits}`)
    },
    examples: ['0x3f8', '3f8'],
  }
}

/** A 64-bit number that is read in hexadecimal whether `0x` stands before it or not, and printed with it. */
export function bigBase16(width: number, range: Range<bigint> = {}): Scalar<bigint> {
  const prefixed = bigHex(width, range)
  return {
    ...prefixed,
    parse: (raw) => {
      const digits = hexadecimal.exec(raw)?.[1]
      return digits === undefined ? { problem: 'is not a hexadecimal number' } : prefixed.parse(`0x${digits}`)
    },
    examples: ['0x3000', '30002000'],
  }
}

/** A 64-bit number read in C notation and printed as `0x` and at least `width` digits. */
export function bigHex(width: number, { min = 0n, max = maxU64 }: Range<bigint> = {}): Scalar<bigint> {
  return {
    parse: (raw) => {
      const value = parseC(raw)
      if (value === undefined) return { problem: 'is not a number (decimal, 0x hexadecimal or 0 octal)' }
      return value < min || value > max ? { problem: `is out of range: it must be ${words(min, max)}` } : value
    },
    format: (value) => `0x${value.toString(16).padStart(width, '0')}`,
    schema: bigSchema,
    examples: bigExamples(min, max),
    doc: words(min, max),
  }
}

/** A 64-bit number in C notation, printed in decimal. */
export function bigC(range: Range<bigint> = {}): Scalar<bigint> {
  const { min = 0n, max = maxU64 } = range
  return { ...bigHex(1, range), format: String, doc: words(min, max) }
}

/** The same number, where 0, however it is written, says nothing. */
export function unsetAtZero<N extends number | bigint>(scalar: Scalar<N>): Scalar<N | undefined> {
  return {
    ...scalar,
    parse: (raw) => {
      const value = scalar.parse(raw)
      return isProblem(value) || Number(value) !== 0 ? value : undefined
    },
    format: (value) => (value === undefined ? '0' : scalar.format(value)),
    doc: `${scalar.doc}; 0: not set`,
  }
}
