import { element, type Infer } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { parseC } from '../../codec/number.ts'
import { type Scalar, yesNo } from '../../codec/scalar.ts'

/** A number in C notation, -1 for any; printed as `0x` and upper-case digits. */
function numberOrAny(width: number): Scalar<number | undefined> {
  const max = 16 ** width - 1
  const doc = `-1 for any, or a number from 0x0 to 0x${max.toString(16).toUpperCase()}`
  return {
    parse: (raw) => {
      const value = parseC(raw)
      if (value === -1n) return undefined
      return value === undefined || value < 0n || value > BigInt(max) ? { problem: `is not ${doc}` } : Number(value)
    },
    format: (value) => (value === undefined ? '-1' : `0x${value.toString(16).toUpperCase().padStart(width, '0')}`),
    schema: { type: 'integer', minimum: 0, maximum: max },
    doc,
  }
}

/** `1.10`: the version of a device, in binary coded decimal (USB: bcdDevice). */
const version: Scalar<number | undefined> = {
  parse: (raw) => {
    if (raw === '-1') return undefined
    const match = /^(\d{1,2})\.(\d{1,2})$/.exec(raw)
    if (match === null) return { problem: 'is no version such as 1.10' }
    const [, major = '', minor = ''] = match
    return Number.parseInt(major.padStart(2, '0') + minor.padEnd(2, '0'), 16)
  },
  format: (value) => {
    if (value === undefined) return '-1'
    const digits = value.toString(16).padStart(4, '0')
    return `${Number(digits.slice(0, 2))}.${digits.slice(2)}`
  },
  schema: { type: 'integer', minimum: 0, maximum: 0x9999 },
  doc: '-1 for any, or a version such as 1.10',
  examples: ['-1', '1.10', '2.00'],
}

const usbdev = element('usbdev', 'One rule; the first that fits a device decides.', {
  attributes: {
    class: optional(numberOrAny(2), { doc: 'Class of the device.' }),
    vendor: optional(numberOrAny(4), { doc: 'Its vendor.' }),
    product: optional(numberOrAny(4), { doc: 'Its product.' }),
    version: optional(version, { doc: 'Its version.' }),
    allow: required(yesNo, { doc: 'Whether it may come.' }),
  },
})

/** formatdomain, "Redirected devices". */
export const redirfilter = element(
  'redirfilter',
  'Which USB devices may be redirected.',
  {
    children: { usbdev: many(usbdev) },
  },
  { omitEmpty: true },
)

export type Redirfilter = Infer<typeof redirfilter>
export type UsbFilterRule = Infer<typeof usbdev>
