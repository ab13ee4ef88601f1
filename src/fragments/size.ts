import type { Settling } from '../codec/element.ts'
import { type Scalar, text } from '../codec/scalar.ts'

const powers: { readonly [unit: string]: number } = { k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 }

/**
 * How many bytes a unit has: `b`/`bytes`, then `k`/`KiB` (1024) and `KB` (1000) up to `e`. undefined for another word.
 * Source: formatdomain, "Memory Allocation".
 */
export function bytesOfUnit(unit: string): bigint | undefined {
  const low = unit.toLowerCase()
  if (low === 'b' || low === 'byte' || low === 'bytes') return 1n
  const power = powers[low[0] ?? '']
  if (power === undefined) return undefined
  const rest = low.slice(1)
  if (rest === '' || rest === 'ib') return 1024n ** BigInt(power)
  return rest === 'b' ? 1000n ** BigInt(power) : undefined
}

/** A unit as the user spelt it; `settleKiB` brings it to KiB. */
export const unit: Scalar<string> = {
  ...text,
  parse: (raw) => (bytesOfUnit(raw) === undefined ? { problem: 'is not a unit of size' } : raw),
  doc: 'bytes, KiB, MiB, GiB, TiB (1024), KB, MB … (1000)',
}

/** Brings `<size unit='MiB'>4</size>` to KiB, rounded up; the value and unit of the fields are replaced. */
export function settleKiB({ fields }: Settling): void {
  if (typeof fields.value !== 'bigint') return
  const bytes = fields.value * (bytesOfUnit(String(fields.unit)) ?? 1024n)
  fields.value = (bytes + 1023n) / 1024n
  fields.unit = 'KiB'
}

/** Brings a size to bytes; a number without a unit counts in bytes. */
export function settleBytes({ fields }: Settling): void {
  if (typeof fields.value !== 'bigint') return
  fields.value = fields.value * (bytesOfUnit(String(fields.unit ?? 'bytes')) ?? 1n)
  fields.unit = 'bytes'
}

const printedUnits = ['EiB', 'PiB', 'TiB', 'GiB', 'MiB', 'KiB'] as const

/** Brings a size to the largest unit in which it is a whole number. */
export function settleLargestUnit({ fields }: Settling): void {
  if (typeof fields.value !== 'bigint') return
  const bytes = fields.value * (bytesOfUnit(String(fields.unit)) ?? 1n)
  const largest = bytes === 0n ? undefined : printedUnits.find((name) => bytes % (bytesOfUnit(name) ?? 1n) === 0n)
  fields.unit = largest ?? 'B'
  fields.value = bytes / (bytesOfUnit(largest ?? 'B') ?? 1n)
}

/** Like `settleKiB`, for a size that stands in the field `key`. */
export function settleKiBOf(key: string): (settling: Settling) => void {
  return ({ fields }) => {
    const value = fields[key]
    if (typeof value !== 'bigint') return
    fields[key] = (value * (bytesOfUnit(String(fields.unit)) ?? 1024n) + 1023n) / 1024n
    fields.unit = 'KiB'
  }
}

/** Brings a size in the field `key` to bytes, whose unit prints as `name`. */
export function settleUnit(key: string, name: string): (settling: Settling) => void {
  return ({ fields }) => {
    const value = fields[key]
    if (typeof value !== 'bigint') return
    fields[key] = value * (bytesOfUnit(String(fields.unit)) ?? 1n)
    fields.unit = name
  }
}
