import type { Claim } from '../../context/claim.ts'
import { type Graphics, hasListens } from './element.ts'

const anyAddress = /^(0\.0\.0\.0|::)$/

/** One program listens on a port of an address. */
export function* graphicsClaims(device: Graphics): Iterable<Claim> {
  if (!hasListens(device)) return
  const { port, listens } = device
  if (port === undefined || port <= 0) return
  const address = listens.find((it) => it.type === 'address')?.address ?? '127.0.0.1'
  const within = anyAddress.test(address) ? undefined : address
  const hint = "Give each screen a port of its own, or write autoport='yes'."
  yield { code: 'fleet/port', key: `${port}`, what: `The port ${port}`, hint, within, at: device, field: 'port' }
}
