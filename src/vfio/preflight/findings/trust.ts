import { atDevice, type Finding, listed, named, type PreflightRule } from './finding.ts'

/** A PF in a guest while its VFs serve others: whoever has the PF can disturb them all. */
export const pfInGuest: PreflightRule = {
  codes: ['vfio/pf-in-guest'],
  find: ({ domains, owners, facts }) => {
    const findings: Finding[] = []
    for (const domain of domains) {
      for (const device of domain.devices) {
        const served = new Set(
          facts.pci
            .filter(({ physicalFunction }) => physicalFunction === device.address)
            .map(({ address }) => owners.get(address))
            .filter((owner) => owner !== undefined && owner !== domain),
        )
        if (served.size === 0) continue
        const others = [...served].flatMap((owner) => (owner === undefined ? [] : [named(owner)]))
        const message = `The guest has the PF ${device.address}, whose VFs serve ${listed(others)}: it can reset the PF, or stop serving them.`
        const hint = 'That is what the token is for: let them share it only where they trust this guest.'
        findings.push(atDevice(domain, device, { code: 'vfio/pf-in-guest', severity: 'warning', message, hint }))
      }
    }
    return findings
  },
}

/** A domain that hands QEMU an iommufd object and has tokens. */
export const iommufdToken: PreflightRule = {
  codes: ['vfio/iommufd-token'],
  find: ({ domains }) =>
    domains
      .filter(({ iommufd }) => iommufd !== undefined)
      .flatMap((domain) =>
        domain.devices
          .filter(({ token }) => token !== undefined)
          .map((device) =>
            atDevice(domain, device, {
              code: 'vfio/iommufd-token',
              severity: 'warning',
              message: `The domain hands QEMU an iommufd object: QEMU passes no token of a device that it opens through it, so ${device.address} is opened, and a token set, only through its group.`,
              hint: 'Take the iommufd object out of qemu:commandline, or see that this device does not use it.',
            }),
          ),
      ),
}
