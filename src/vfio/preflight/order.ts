import type { HostFacts } from '../../host/facts.ts'
import type { VfioDomain } from './domain.ts'

/** The domain that takes each function; the first where several do. */
export function ownersOf(domains: readonly VfioDomain[]): Map<string, VfioDomain> {
  const owners = new Map<string, VfioDomain>()
  for (const domain of domains) {
    for (const { address } of domain.devices) if (!owners.has(address)) owners.set(address, domain)
  }
  return owners
}

/** For each domain the other domains that own the PF of one of its VFs: they set the token it needs. */
export function needs(domains: readonly VfioDomain[], pci: HostFacts['pci']): Map<VfioDomain, Set<VfioDomain>> {
  const owners = ownersOf(domains)
  const pfOf = new Map(pci.map(({ address, physicalFunction }) => [address, physicalFunction]))
  return new Map(
    domains.map((domain) => {
      const needed = new Set<VfioDomain>()
      for (const { address } of domain.devices) {
        const owner = owners.get(pfOf.get(address) ?? '')
        if (owner !== undefined && owner !== domain) needed.add(owner)
      }
      return [domain, needed]
    }),
  )
}

/** PF owners first: each domain after those that it needs, else in the order given. A circle is cut where it is met. */
export function pfOwnersFirst(domains: readonly VfioDomain[], pci: HostFacts['pci']): VfioDomain[] {
  const needed = needs(domains, pci)
  const ordered = new Set<VfioDomain>()
  const entered = new Set<VfioDomain>()
  const visit = (domain: VfioDomain) => {
    if (entered.has(domain)) return
    entered.add(domain)
    for (const owner of needed.get(domain) ?? []) visit(owner)
    ordered.add(domain)
  }
  for (const domain of domains) visit(domain)
  return [...ordered]
}
