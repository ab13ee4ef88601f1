import { asItStands, type Problem, type Scalar } from './scalar.ts'

const usual = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const hexadecimal = /[0-9a-fA-F]/

/**
 * Reads a UUID as libvirt does: 32 hexadecimal digits of any case, with `-` or a space between byte pairs and white space
 * around. Out comes lower case 8-4-4-4-12. RFC version and variant are not looked at.
 */
export function parseUuid(raw: string): string | Problem {
  if (usual.test(raw)) return raw
  let digits = ''
  for (const c of raw.trim()) {
    if (hexadecimal.test(c)) digits += c
    else if ((c !== '-' && c !== ' ') || digits.length % 2 === 1) return { problem: 'is not a UUID' }
  }
  if (digits.length !== 32) return { problem: 'is not a UUID: 32 hexadecimal digits are needed' }
  const low = digits.toLowerCase()
  return `${low.slice(0, 8)}-${low.slice(8, 12)}-${low.slice(12, 16)}-${low.slice(16, 20)}-${low.slice(20)}`
}

export const uuid: Scalar<string> = {
  parse: parseUuid,
  format: asItStands,
  schema: { type: 'string', pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' },
  doc: 'a UUID',
  spelling: (raw) => {
    const value = parseUuid(raw)
    // Upper case is how many firmware tools print it: no reason to speak.
    return typeof value === 'string' && raw.toLowerCase() !== value ? value : undefined
  },
}

/** A random UUID (version 4) from 16 bytes. */
export function uuidFrom(bytes: Uint8Array): string {
  const digits = [...bytes].map((byte, index) => {
    const fixed = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte
    return fixed.toString(16).padStart(2, '0')
  })
  const joined = digits.join('')
  return [0, 8, 12, 16, 20].map((start, i, starts) => joined.slice(start, starts[i + 1] ?? 32)).join('-')
}
