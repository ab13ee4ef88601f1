import type { Context } from '../context/context.ts'
import type { Limits } from '../fragments/io-limits.ts'

/** A total and limits of its parts contradict each other. @param of whose limits: codes tell */
export function checkTotals(it: Limits, of: 'disk' | 'group', context: Context): void {
  for (const what of ['bytes', 'iops'] as const) {
    for (const burst of ['', '_max'] as const) {
      const field = `total_${what}_sec${burst}` as const
      if (!it[field] || !(it[`read_${what}_sec${burst}`] ?? it[`write_${what}_sec${burst}`])) continue
      context.error({
        code: of === 'disk' ? 'disk/iotune-total' : 'throttlegroups/total',
        message: `A total and separate limits for ${what} exclude each other.`,
        hint: `Keep either ${field}, or read_${what}_sec${burst} and write_${what}_sec${burst}.`,
        at: it,
        field,
      })
    }
  }
}
