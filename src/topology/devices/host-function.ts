import { type HostPciAddress, pciName } from '../../fragments/pci-address.ts'
import { pciDeviceAt } from '../../host/pci-inventory.ts'
import type { Plan } from '../plan.ts'

/** Tokens are told apart by a letter; the value never leaves the definition. */
const letters = new WeakMap<Plan, Map<string, string>>()

function letterOf(plan: Plan, token: string): string {
  const known = letters.get(plan) ?? new Map<string, string>()
  letters.set(plan, known)
  const letter = known.get(token) ?? String.fromCodePoint('A'.codePointAt(0)! + known.size)
  known.set(token, letter)
  return letter
}

/** Adds a PCI function of the host, the PF that it is a virtual function of, and the group of functions of one token. */
export function addHostFunction(plan: Plan, id: string, address: HostPciAddress): void {
  const name = pciName(address)
  const known = pciDeviceAt(plan.context.host.pci, name)
  const parent = known?.physicalFunction
  const host = plan.outside({
    id: `host:${name}`,
    group: 'host',
    title: name,
    facts: [
      parent === undefined ? (known?.virtualFunctions?.length ? 'PF' : 'host function') : 'VF',
      known?.driver,
      known?.iommuGroup === undefined ? undefined : `IOMMU group ${known.iommuGroup}`,
    ],
  })
  plan.link(id, host, 'is')
  const token = address['vf-token']?.uuid
  if (token !== undefined) {
    const letter = letterOf(plan, token)
    const group = plan.outside({ id: `token:${letter}`, group: 'token', title: `VF token ${letter}` })
    plan.link(host, group, 'opened with')
  }
  if (parent === undefined) return
  const pf = plan.outside({
    id: `host:${parent}`,
    group: 'host',
    title: parent,
    facts: ['PF', pciDeviceAt(plan.context.host.pci, parent)?.driver],
  })
  plan.link(host, pf, 'function of')
}
