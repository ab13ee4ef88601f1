import type { Claim } from '../context/claim.ts'
import type { KindName } from '../context/context.ts'
import type { DeviceKind, Section } from '../context/unit.ts'
import type { Devices, Domain } from '../definition.ts'
import { kinds } from '../devices/registry.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { sections } from '../sections/registry.ts'

/** Everything in a definition that no other guest of its host or network may name too. */
export function claimsOf(definition: Domain): Claim[] {
  const claims: Claim[] = []
  for (const section of Object.values<Section>(sections)) claims.push(...(section.claims?.(definition) ?? []))
  for (const name of Object.keys(kinds) as KindName[]) {
    const kind = kinds[name] as unknown as DeviceKind<Addressable>
    claims.push(...(kind.claims?.(definition) ?? []))
    if (kind.deviceClaims === undefined) continue
    const devices = (definition.devices as Devices | undefined)?.[name] ?? []
    for (const device of devices) claims.push(...kind.deviceClaims(device as Addressable))
  }
  return claims
}
