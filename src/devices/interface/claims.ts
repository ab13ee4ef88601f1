import type { Claim } from '../../context/claim.ts'
import type { Interface } from './element.ts'

/** Two cards of one address on a network take each other's frames. */
export function* interfaceClaims({ mac }: Interface): Iterable<Claim> {
  if (mac?.address === undefined) return
  const what = `The MAC address ${mac.address}`
  const hint = 'Give each card an address of its own, or remove <mac>: libvirt draws one.'
  yield { code: 'fleet/mac', key: mac.address.toLowerCase(), what, hint, at: mac, field: 'address' }
}
