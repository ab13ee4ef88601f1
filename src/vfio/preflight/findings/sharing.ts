import type { VfioDevice, VfioDomain } from '../domain.ts'
import { outsideHolder } from '../inventory.ts'
import { atDevice, type Finding, named, type Preflight, type PreflightRule, refusedBy } from './finding.ts'

/** Every device with its domain, in starting order. */
function taken({ domains }: Preflight): { domain: VfioDomain; device: VfioDevice }[] {
  return domains.flatMap((domain) => domain.devices.map((device) => ({ domain, device })))
}

/** What the kernel answers who opens a function that another has: through its group, or through an iommufd. */
const heldRules: readonly string[] = ['open/busy', 'iommufd/second']

/** The same function in two domains, or twice in one. */
export const sharedFunction: PreflightRule = {
  codes: ['vfio/function-shared'],
  find: (preflight) => {
    const first = new Map<string, VfioDomain>()
    const findings: Finding[] = []
    for (const { domain, device } of taken(preflight)) {
      const owner = first.get(device.address)
      first.set(device.address, owner ?? domain)
      if (owner === undefined) continue
      const result = preflight.outcomes
        .find((outcome) => outcome.domain === domain)
        ?.devices.find((outcome) => outcome.device === device && heldRules.includes(outcome.result.rule.name))?.result
      const where = owner === domain ? 'twice in this domain' : `in ${named(owner)} too`
      const message = `${device.address} is ${where}: only one can have it.`
      const hint = 'Remove it from one of them, or never run both at a time.'
      findings.push(
        atDevice(domain, device, { code: 'vfio/function-shared', severity: 'error', message, hint }, result),
      )
    }
    return findings
  },
}

/** Functions of one IOMMU group in two domains: a group has one user. */
export const sharedGroup: PreflightRule = {
  codes: ['vfio/group-shared'],
  find: (preflight) => {
    const groupOf = new Map(preflight.facts.pci.map(({ address, iommuGroup }) => [address, iommuGroup]))
    const first = new Map<number, { domain: VfioDomain; device: VfioDevice }>()
    const findings: Finding[] = []
    for (const { domain, device } of taken(preflight)) {
      const group = groupOf.get(device.address)
      if (group === undefined) continue
      const other = first.get(group)
      if (other === undefined) first.set(group, { domain, device })
      if (other === undefined || other.domain === domain || other.device.address === device.address) continue
      const message = `${device.address} is in IOMMU group ${group} with ${other.device.address}, which ${named(other.domain)} takes: a group has one user.`
      const hint = 'Give all functions of the group to one domain.'
      findings.push(atDevice(domain, device, { code: 'vfio/group-shared', severity: 'error', message, hint }))
    }
    return findings
  },
}

/** Functions of one IOMMU group in one domain, one of them through an iommufd and another through the group. */
export const mixedGroup: PreflightRule = {
  codes: ['vfio/group-opened-two-ways'],
  find: (preflight) =>
    refusedBy(preflight, 'open/busy').flatMap(({ domain, outcome: { device, neighbours, result } }) => {
      const other = neighbours.find(({ opened }) => {
        return opened?.holder === domain.name && (opened.iommufd ?? false) !== device.throughIommufd
      })
      if (other === undefined) return []
      const [way, otherWay] = device.throughIommufd ? ['an iommufd', 'its group'] : ['its group', 'an iommufd']
      const message = `${device.address} is opened through ${way}, and ${other.address} of the same IOMMU group through ${otherWay}: the kernel allows one way at a time.`
      const hint = 'Give iommufd to all functions of the group, or to none.'
      return [
        atDevice(domain, device, { code: 'vfio/group-opened-two-ways', severity: 'error', message, hint }, result),
      ]
    }),
}

/** A PF that `--pf` says is driven by userspace outside of the domains, and that a domain takes nevertheless. */
export const takenOutside: PreflightRule = {
  codes: ['vfio/function-taken-outside'],
  find: (preflight) =>
    refusedBy(preflight, 'open/busy')
      .filter(({ outcome: { before, neighbours } }) =>
        [before, ...neighbours].some((member) => member?.opened?.holder === outsideHolder),
      )
      .map(({ domain, outcome: { device, result } }) =>
        atDevice(
          domain,
          device,
          {
            code: 'vfio/function-taken-outside',
            severity: 'error',
            message: `${device.address}, or its IOMMU group, is in use by the userspace driver that --pf tells of.`,
            hint: 'Leave the PF to its driver, or do not name it with --pf.',
          },
          result,
        ),
      ),
}
