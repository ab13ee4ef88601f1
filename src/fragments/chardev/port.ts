import { integer } from '../../codec/number.ts'
import { isProblem, type Scalar } from '../../codec/scalar.ts'

const wide = integer()
const narrow = integer({ max: 0x7fffffff })

/**
 * The number of a serial line, parallel port or console. An older libvirt takes -1, also as the unsigned number that it is in
 * 32 bits, for one that is still to be chosen. Source: libvirt 11.3 and 12.8, asked with 11 numbers.
 */
export const chardevPort: Scalar<number | undefined> = {
  ...narrow,
  parse: (raw) => {
    if (raw === '-1') return undefined
    const value = wide.parse(raw)
    return isProblem(value) || value < 0xffffffff ? value : undefined
  },
  format: (value) => String(value ?? ''),
  stricter: { since: '12.8', parse: narrow.parse },
}
