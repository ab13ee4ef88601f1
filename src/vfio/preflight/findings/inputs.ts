import { atDevice, atDomain, type Finding, named, type PreflightRule } from './finding.ts'

/** Two domains of one name: a host has only one. */
export const sameName: PreflightRule = {
  codes: ['vfio/same-name'],
  find: ({ domains }) => {
    const findings: Finding[] = []
    domains.forEach((domain, index) => {
      const first = domains.slice(0, index).find(({ name }) => name === domain.name)
      if (first === undefined) return
      const message = `There are two domains of one name: ${named(first)} and ${named(domain)}.`
      const hint = 'Give each domain a name of its own, and each file once.'
      findings.push(atDomain(domain, undefined, { code: 'vfio/same-name', severity: 'error', message, hint }))
    })
    return findings
  },
}

/** A driver that the host file does not tell. */
export const driverUnknown: PreflightRule = {
  codes: ['vfio/driver-unknown'],
  find: ({ assumptions, owners, facts }) =>
    assumptions.flatMap(({ address, driver }): Finding[] => {
      const concerned = [
        address,
        ...facts.pci.filter(({ physicalFunction }) => physicalFunction === address).map((vf) => vf.address),
      ]
      const found = concerned.find((candidate) => owners.has(candidate))
      const domain = found === undefined ? undefined : owners.get(found)
      const device = domain?.devices.find((candidate) => candidate.address === found)
      if (domain === undefined || device === undefined) return []
      const taken = driver === 'kernel' ? 'a driver of the kernel' : driver
      const message = `The host file does not tell the driver of ${address}; it is taken to be ${taken}.`
      const hint = 'Record the host with domxml host record; for a PF, --pf tells what drives it.'
      return [atDevice(domain, device, { code: 'vfio/driver-unknown', severity: 'warning', message, hint })]
    }),
}

/** `--pf` names a function that is no PF of the host. */
export const unknownPf: PreflightRule = {
  codes: ['vfio/pf-not-on-host'],
  find: ({ outside, end }) =>
    [...outside.keys()].flatMap((address): Finding[] => {
      const device = end.device(address)
      if (device?.sriov !== undefined) return []
      const is = device === undefined ? 'no function of the host' : 'not a PF'
      return [
        {
          code: 'vfio/pf-not-on-host',
          severity: 'error',
          message: `--pf names ${address}, which is ${is}.`,
          hint: 'Compare the address with lspci -D, or record the host again.',
          device: address,
        },
      ]
    }),
}
