import type { Claim } from '../../context/claim.ts'
import type { Domain } from '../../definition.ts'
import type { Origins } from '../../origin/origin.ts'
import { claimsOf } from '../../pipeline/claims.ts'
import { extractDomain } from '../../vfio/preflight/extract.ts'
import type { XmlElement } from '../../xml/tree.ts'
import type { FleetDomain, FleetEntry } from './facts.ts'

/** What of a domain may clash with others. Only what its author wrote counts: a MAC address that libvirt draws is another each time. */
export function fleetFacts(root: XmlElement, definition: Domain, origins: Origins): FleetDomain {
  const { domain } = extractDomain(root, '')
  const entries = claimsOf(definition).flatMap((claim) => entryOf(claim, origins) ?? [])
  return { name: domain.name, entries, vfio: domain.devices.length > 0 ? domain : undefined }
}

function entryOf({ at, field, ...claim }: Claim, origins: Origins): FleetEntry | undefined {
  const place = field === undefined ? origins.of(at) : origins.placeOf(at, field)
  if (place === undefined || !('span' in place)) return undefined
  return { ...claim, span: place.span, path: place.path }
}
