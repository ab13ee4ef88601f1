import { type FunctionFacts, type HostOptions, type Moved, VfioHost } from './host.ts'

/** Hosts and tokens that several tests of this folder use. */
export const tokenA = '6c1d2f5e-93b4-4c8f-9d50-1f6f0c2a7be1'
export const tokenB = 'e1b7a1c4-0d6f-4a52-8a3e-5f9d7c0b2468'
export const pf = '0000:03:00.0'
export const vf1 = '0000:03:10.0'
export const vf2 = '0000:03:10.2'
export const plain = '0000:05:00.0'

const sriov = { totalVfs: 4, offset: 128, stride: 2 }

/** A PF with two VFs, and a plain function; each in an IOMMU group of its own. */
export function cardHost(pfDriver: string, vfDriver = 'vfio-pci', options: HostOptions = {}): VfioHost {
  const facts: FunctionFacts[] = [
    { address: pf, driver: pfDriver, iommuGroup: 1, sriov },
    { address: vf1, driver: vfDriver, iommuGroup: 2, physicalFunction: pf },
    { address: vf2, driver: vfDriver, iommuGroup: 3, physicalFunction: pf },
    { address: plain, driver: 'vfio-pci', iommuGroup: 4 },
  ]
  return VfioHost.of(facts, { enableSriov: true, ...options })
}

/** The same card before any VF is created, its PF bound as told. */
export function emptyCard(pfDriver: string | undefined, options: HostOptions = {}): VfioHost {
  const card = { address: pf, driver: pfDriver, iommuGroup: 1, sriov }
  return VfioHost.of([card], { enableSriov: true, ...options })
}

/** A kernel that asks for no token on the way through iommufd. */
export const iommufdUnchecked = { kernelVersion: '6.12.0' }

/** Binds as libvirt does: `driver_override` first. */
export function bindOverridden(host: VfioHost, address: string, driver: string): Moved {
  return host.overrideDriver(address, driver).host.bind(address, driver)
}

/** Runs requests one after another; each must be done. */
export function hostAfter(host: VfioHost, ...requests: ((host: VfioHost) => Moved)[]): VfioHost {
  let current = host
  for (const request of requests) {
    const { host: next, result } = request(current)
    if (result.outcome !== 'done') throw new Error(`${result.rule.name}: ${result.rule.why}`)
    current = next
  }
  return current
}

/** The parts of an answer that the table speaks of. */
export function told({ result }: Moved) {
  return { rule: result.rule.name, errno: result.errno, log: result.log }
}
