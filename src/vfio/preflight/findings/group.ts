import { atDevice, type Finding, listed, type PreflightRule, refusedBy } from './finding.ts'

/** Functions of the IOMMU group that a driver of the host has: the group does not open. */
export const groupNotViable: PreflightRule = {
  codes: ['vfio/group-member-on-host'],
  find: (preflight) =>
    refusedBy(preflight, 'open/group-not-viable').flatMap(({ domain, outcome }) => {
      const { device, before, neighbours, result } = outcome
      const others = neighbours
        .filter(({ address }) => result.devices.includes(address))
        .map(({ address, driver }) => `${address} (${driver})`)
      if (others.length === 0) return []
      const message = `${device.address} is in IOMMU group ${before?.iommuGroup} with ${listed(others)}, which a driver of the host has: the group does not open.`
      const hint = 'Bind every function of the group to vfio-pci or pci-stub, or give them to this domain too.'
      const finding = { code: 'vfio/group-member-on-host', severity: 'error', message, hint } as const
      return [atDevice(domain, device, finding, result)]
    }),
}

/** Functions of the group that no domain takes and no driver of the host has: nobody else can use them meanwhile. */
export const groupMemberOutside: PreflightRule = {
  codes: ['vfio/group-member-outside'],
  find: (preflight) => {
    const findings: Finding[] = []
    const told = new Set<number>()
    for (const { domain, devices } of preflight.outcomes) {
      for (const { device, before, neighbours, result } of devices) {
        const group = before?.iommuGroup
        if (group === undefined || told.has(group) || result.outcome !== 'done') continue
        const outside = neighbours.filter(({ address, bridge }) => !bridge && !preflight.owners.has(address))
        if (outside.length === 0) continue
        told.add(group)
        const message = `${listed(outside.map(({ address }) => address))} of the same IOMMU group ${group} as ${device.address} is in no domain: nobody else can use it while this one runs.`
        findings.push(atDevice(domain, device, { code: 'vfio/group-member-outside', severity: 'info', message }))
      }
    }
    return findings
  },
}
