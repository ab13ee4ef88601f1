import { type Checked, type CheckOptions, checkDomains } from './check.ts'
import type { VfioDomain } from './domain.ts'
import { atDevice, type Finding, listed } from './findings/finding.ts'
import { stage, type VfioHostFacts } from './inventory.ts'
import { needs, pfOwnersFirst } from './order.ts'
import { startDomain } from './start.ts'

export interface Plan extends Checked {
  /** True where all domains start in this order. */
  readonly works: boolean
  /** The order that works; otherwise those that start, then those that do not. */
  readonly order: readonly VfioDomain[]
}

/**
 * Looks for an order in which all domains start. Starting one never helps another that it does not own the PF for, and
 * never hinders one that could start after it unless the two exclude each other in any order; so whoever can start is
 * started, until nobody is left or nobody can. Raises `vfio/plan-circle` where domains wait for each other's PFs.
 */
export function planStart(
  domains: readonly VfioDomain[],
  facts: VfioHostFacts,
  options: Pick<CheckOptions, 'outside'> = {},
): Plan {
  let { host } = stage(facts, options.outside ?? new Map(), domains)
  let waiting = pfOwnersFirst(domains, facts.pci)
  const order: VfioDomain[] = []
  for (;;) {
    const left = waiting.filter((domain) => {
      const started = startDomain(host, domain)
      if (!started.outcome.starts) return true
      host = started.host
      order.push(domain)
      return false
    })
    if (left.length === 0 || left.length === waiting.length) {
      waiting = left
      break
    }
    waiting = left
  }
  const all = [...order, ...waiting]
  const checked = checkDomains(domains, facts, { ...options, order: all })
  const circle = circleFinding(waiting, facts)
  const findings = circle === undefined ? checked.findings : [circle, ...checked.findings]
  return { ...checked, findings, works: waiting.length === 0, order: all }
}

function circleFinding(waiting: readonly VfioDomain[], facts: VfioHostFacts): Finding | undefined {
  const circle = findCircle(needs(waiting, facts.pci))
  const [first, second] = circle
  if (first === undefined || second === undefined) return undefined
  const pfs = new Set(second.devices.map(({ address }) => address))
  const physicalFunctions = new Map(facts.pci.map(({ address, physicalFunction }) => [address, physicalFunction]))
  const device = first.devices.find(({ address }) => pfs.has(physicalFunctions.get(address) ?? ''))
  if (device === undefined) return undefined
  const message = `${listed(circle.map(({ name }) => `"${name}"`))} wait for each other: each has a VF whose PF the next one takes.`
  const hint = 'Give the PFs to a domain, or to a driver on the host, that uses no VF of the others.'
  return atDevice(first, device, { code: 'vfio/plan-circle', severity: 'error', message, hint })
}

/** Domains each of which needs the next, and the last the first; empty where there are none. */
function findCircle(needed: ReadonlyMap<VfioDomain, ReadonlySet<VfioDomain>>): VfioDomain[] {
  const done = new Set<VfioDomain>()
  const path: VfioDomain[] = []
  const visit = (domain: VfioDomain): VfioDomain[] => {
    const at = path.indexOf(domain)
    if (at >= 0) return path.slice(at)
    if (done.has(domain)) return []
    path.push(domain)
    for (const next of needed.get(domain) ?? []) {
      const circle = visit(next)
      if (circle.length > 0) return circle
    }
    path.pop()
    done.add(domain)
    return []
  }
  for (const domain of needed.keys()) {
    const circle = visit(domain)
    if (circle.length > 0) return circle
  }
  return []
}
