import type { Settling } from '../codec/description.ts'
import { type Scalar, text } from '../codec/scalar.ts'
import { onlyMeant } from '../diagnostic/suggest.ts'
import { own } from '../own.ts'

const powers: { readonly [unit: string]: number } = { k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 }

/**
 * How many bytes a unit has: `b`/`bytes`, then `k`/`KiB` (1024) and `KB` (1000) up to `e`. undefined for another word.
 * Source: formatdomain, "Memory Allocation".
 */
export function bytesOfUnit(unit: string): bigint | undefined {
  const low = unit.toLowerCase()
  if (low === 'b' || low === 'byte' || low === 'bytes') return 1n
  const power = own(powers, low[0] ?? '')
  if (power === undefined) return undefined
  const rest = low.slice(1)
  if (rest === '' || rest === 'ib') return 1024n ** BigInt(power)
  return rest === 'b' ? 1000n ** BigInt(power) : undefined
}

const usualUnits = ['bytes', ...[...'KMGTPE'].flatMap((power) => [`${power}iB`, `${power}B`])]

/** A unit as the user spelt it; `settleKiB` brings it to KiB. */
export const unit: Scalar<string> = {
  ...text,
  parse: (raw) =>
    bytesOfUnit(raw) === undefined
      ? { problem: 'is not a unit of size', meant: onlyMeant(raw.trim(), usualUnits) }
      : raw,
  spelling: (raw) => usualUnits.find((usual) => usual.toLowerCase() === raw.toLowerCase()),
  schema: { type: 'string', pattern: '^([bB]|bytes?|[kKmMgGtTpPeE]([iI]?[bB])?)$' },
  doc: 'bytes, KiB, MiB, GiB, TiB (1024), KB, MB … (1000)',
}

/** The largest size that is whole KiB in 64 bits. */
const most = 0xffff_ffff_ffff_fc00n

/** The bytes that field `key` stands for; more than 64 bits can count is an error (`value/size`), and the field is left absent. */
function takeBytes({ fields, error }: Settling, key: string, unitOfNone: string): bigint | undefined {
  const value = fields[key]
  if (typeof value !== 'bigint') return undefined
  const unitName = String(fields.unit ?? unitOfNone)
  const bytes = value * (bytesOfUnit(unitName) ?? 1n)
  if (bytes <= most) return bytes
  fields[key] = undefined
  error({
    code: 'value/size',
    message: `${value} ${unitName} are more bytes than 64 bits can count.`,
    hint: 'Check the number and its unit.',
  })
  return undefined
}

/** Brings `<size unit='MiB'>4</size>` to KiB, rounded up; the value and unit of the fields are replaced. */
export const settleKiB = settleKiBOf('value')

/** Brings a size to bytes; a number without a unit counts in bytes. */
export const settleBytes = settleUnit('value', 'bytes')

/** None above PiB (oracle: 11.3, 12.8). */
const printedUnits = ['PiB', 'TiB', 'GiB', 'MiB', 'KiB'] as const

/** Brings a size to the largest unit in which it is a whole number. */
export const settleLargestUnit = settleLargestUnitOf('value', 'bytes')

/** The same for a size in the field `key`, which counts in `unitOfNone` where it has no unit. */
export function settleLargestUnitOf(key: string, unitOfNone: string): (settling: Settling) => void {
  return (settling) => {
    const bytes = takeBytes(settling, key, unitOfNone)
    if (bytes === undefined) return
    const largest = bytes === 0n ? undefined : printedUnits.find((name) => bytes % (bytesOfUnit(name) ?? 1n) === 0n)
    settling.fields.unit = largest ?? 'B'
    settling.fields[key] = bytes / (bytesOfUnit(largest ?? 'B') ?? 1n)
  }
}

/** Like `settleKiB`, for a size that stands in the field `key`. */
export function settleKiBOf(key: string): (settling: Settling) => void {
  return (settling) => {
    const bytes = takeBytes(settling, key, 'KiB')
    if (bytes === undefined) return
    settling.fields[key] = (bytes + 1023n) / 1024n
    settling.fields.unit = 'KiB'
  }
}

/** Brings a size in the field `key` to bytes, whose unit prints as `name`; a number without a unit counts in bytes. */
export function settleUnit(key: string, name: string): (settling: Settling) => void {
  return (settling) => {
    const bytes = takeBytes(settling, key, 'bytes')
    if (bytes === undefined) return
    settling.fields[key] = bytes
    settling.fields.unit = name
  }
}
