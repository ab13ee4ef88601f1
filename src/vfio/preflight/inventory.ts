import type { HostFacts } from '../../host/facts.ts'
import type { PciHostDevice, PciInventory } from '../../host/pci-inventory.ts'
import { parseAddress } from '../address.ts'
import { type FunctionFacts, VfioHost } from '../host.ts'
import { isVfioDriver, type SriovCapability } from '../state.ts'
import type { OutsideDriver, VfioDomain } from './domain.ts'

/** The facts of a host that the preflight reads. */
export type VfioHostFacts = Pick<HostFacts, 'pci' | 'kernelVersion' | 'vfioEnableSriov'>

/** A driver that the host file does not tell, and what is taken for it. */
export interface Assumption {
  readonly address: string
  readonly driver: string
}

export interface Stage {
  /** The host before the first domain starts. */
  readonly host: VfioHost
  readonly assumptions: readonly Assumption[]
}

/** Who has a PF open that `--pf` says is driven from userspace outside of the domains. */
export const outsideHolder = 'outside'

/** PFs by address: those that have the capability, and those that a VF names. */
function virtualFunctionsByPf(pci: PciInventory): Map<string, string[]> {
  const byPf = new Map<string, string[]>()
  for (const { address, sriov } of pci) if (sriov) byPf.set(address, [])
  for (const { address, physicalFunction } of pci) {
    if (physicalFunction === undefined) continue
    const known = byPf.get(physicalFunction)
    if (known === undefined) byPf.set(physicalFunction, [address])
    else known.push(address)
  }
  return byPf
}

const routingId = (address: string) => {
  const parts = parseAddress(address)
  return parts === undefined ? 0 : (parts.bus << 8) + (parts.slot << 3) + parts.function
}

/** The capability as recorded; what is missing is read off the VFs that are there. */
function capabilityOf(device: PciHostDevice, virtualFunctions: readonly string[]): SriovCapability {
  const ids = virtualFunctions.map(routingId).sort((a, b) => a - b)
  const [first, second] = ids
  const { totalVfs = ids.length, offset, stride } = device.sriov ?? {}
  return {
    totalVfs,
    offset: offset ?? (first === undefined ? 1 : first - routingId(device.address)),
    stride: stride ?? (first === undefined || second === undefined ? 1 : second - first),
  }
}

/**
 * The recorded host as the model's first state. What `outside` says of a PF goes before what the record says. Where the
 * record does not tell a driver: a function that a domain takes unmanaged is taken to be bound to its driver already,
 * and the PF of a VF that is given a token to vfio-pci.
 */
export function stage(
  facts: VfioHostFacts,
  outside: ReadonlyMap<string, OutsideDriver>,
  domains: readonly VfioDomain[],
): Stage {
  const byPf = virtualFunctionsByPf(facts.pci)
  const taken = new Map(domains.flatMap(({ devices }) => devices.map((device) => [device.address, device])))
  const assumptions: Assumption[] = []

  const driverOf = (device: PciHostDevice): string | undefined => {
    const recorded = device.driver === '' ? undefined : device.driver
    const said = outside.get(device.address)
    if (said?.kind === 'userspace') return isVfioDriver(recorded) ? recorded : 'vfio-pci'
    if (said?.kind === 'kernel') return recorded === undefined || isVfioDriver(recorded) ? 'kernel' : recorded
    if (device.driver !== undefined) return recorded
    const assumed = assumedDriver(device.address)
    if (assumed !== undefined) assumptions.push({ address: device.address, driver: assumed })
    return assumed
  }
  const assumedDriver = (address: string): string | undefined => {
    const by = taken.get(address)
    if (by !== undefined) return by.managed ? undefined : by.driver
    const used = byPf.get(address)?.map((vf) => taken.get(vf)) ?? []
    if (!used.some((device) => device !== undefined)) return undefined
    return used.some((device) => device?.token !== undefined) ? 'vfio-pci' : 'kernel'
  }

  const functions = facts.pci.map((device): FunctionFacts => {
    const virtualFunctions = byPf.get(device.address)
    return {
      address: device.address,
      driver: driverOf(device),
      driverOverride: device.driverOverride,
      iommuGroup: device.iommuGroup,
      bridge: device.class?.startsWith('06') ?? false,
      physicalFunction: device.physicalFunction,
      sriov: virtualFunctions && capabilityOf(device, virtualFunctions),
    }
  })
  let host = VfioHost.of(functions, {
    enableSriov: facts.vfioEnableSriov ?? false,
    kernelVersion: facts.kernelVersion,
  })
  for (const [address, said] of outside) {
    if (said.kind === 'userspace') host = host.open(address, outsideHolder, said.token).host
  }
  return { host, assumptions }
}
