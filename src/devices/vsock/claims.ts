import type { Claim } from '../../context/claim.ts'
import type { Vsock } from './element.ts'

/** A context id names one guest on its host. */
export function* vsockClaims({ cid }: Vsock): Iterable<Claim> {
  if (cid?.address === undefined) return
  const hint = "Give each guest an id of its own, or let libvirt choose: <cid auto='yes'/>."
  const what = `The context id ${cid.address}`
  yield { code: 'fleet/vsock-cid', key: `${cid.address}`, what, hint, at: cid, field: 'address' }
}
