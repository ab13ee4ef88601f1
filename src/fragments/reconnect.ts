import type { Settling } from '../codec/description.ts'
import { optional } from '../codec/field.ts'
import { integer } from '../codec/number.ts'
import { yesNo } from '../codec/scalar.ts'

/** What `<reconnect>` of a socket says, whoever connects: nothing without `enabled`. (formatdomain, "TCP client/server") */
export const reconnectAttributes = {
  enabled: optional(yesNo, { doc: 'Whether QEMU connects again where the connection breaks.' }),
  timeout: optional(integer(), { doc: 'Seconds between two attempts.' }),
} as const

/**
 * A connection that is made anew needs a timeout, or `untimed` is told; of any other a timeout is forgotten. Source:
 * oracle (11.3, 12.8).
 */
export function settleReconnect({ fields, error }: Settling, untimed: Parameters<Settling['error']>[0]): void {
  if (fields.enabled !== true) fields.timeout = undefined
  else if (fields.timeout === undefined) error(untimed)
}
