import type { VfioHost } from '../../host.ts'
import { type DomainOutcome, startDomain, stopDomain } from '../start.ts'
import { atDevice, type Finding, listed, type PreflightRule } from './finding.ts'

/**
 * What happens where a domain that has a PF stops and starts again while VFs of the PF are in use: each such domain is
 * restarted on the host on which everything runs.
 */
export const restart: PreflightRule = {
  codes: ['vfio/restart-same-token', 'vfio/restart-refused'],
  find: ({ outcomes, end }) => outcomes.filter(({ starts }) => starts).flatMap((outcome) => restarted(end, outcome)),
}

function restarted(end: VfioHost, outcome: DomainOutcome): Finding[] {
  const { domain } = outcome
  const stopped = stopDomain(end, outcome)
  const again = startDomain(stopped, domain).outcome
  const findings: Finding[] = []
  outcome.devices.forEach(({ device }, index) => {
    const others = usedVfs(stopped, device.address)
    if (others.length === 0) return
    const used = `${listed(others)} of ${device.address} ${others.length === 1 ? 'is' : 'are'} in use`
    const result = again.devices[index]?.result
    if (result?.outcome === 'done') {
      const message = `While ${used}, this domain starts again only with the same token.`
      const hint = 'Change the token only when all users of the VFs are stopped.'
      findings.push(atDevice(domain, device, { code: 'vfio/restart-same-token', severity: 'info', message, hint }))
    } else if (result !== undefined) {
      const message = `While ${used}, this domain does not start again: ${result.rule.why}.`
      const hint = 'Give the PF the token of its VFs, or stop their users before a restart.'
      findings.push(
        atDevice(domain, device, { code: 'vfio/restart-refused', severity: 'warning', message, hint }, result),
      )
    }
  })
  return findings
}

function usedVfs(host: VfioHost, address: string): string[] {
  return (host.device(address)?.virtualFunctions ?? []).filter((vf) => host.device(vf)?.opened !== undefined)
}
