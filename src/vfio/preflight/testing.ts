import type { PciHostDevice } from '../../host/pci-inventory.ts'
import { pf, plain, vf1, vf2 } from '../testing.ts'
import type { CheckOptions } from './check.ts'
import { checkDomains } from './check.ts'
import type { VfioDevice, VfioDomain } from './domain.ts'
import type { VfioHostFacts } from './inventory.ts'

/** Hosts and domains for the tests of the preflight. */
export function device(address: string, token?: string, more: Partial<VfioDevice> = {}): VfioDevice {
  return {
    address,
    token,
    managed: false,
    driver: 'vfio-pci',
    throughIommufd: false,
    span: { start: 0, end: 1 },
    path: `/domain/devices/hostdev/source/address`,
    ...more,
  }
}

export function guest(name: string, ...devices: VfioDevice[]): VfioDomain {
  return { name, file: `${name}.xml`, iommufd: undefined, devices: devices.map(placed) }
}

/** Gives each device of a domain a place of its own. */
function placed(one: VfioDevice, index: number): VfioDevice {
  return { ...one, span: { start: 10 * index, end: 10 * index + 5 } }
}

/** A PF with two VFs, and a plain function; `changes` by address. */
export function facts(
  pfDriver: string | undefined,
  changes: Readonly<Record<string, Partial<PciHostDevice>>> = {},
): VfioHostFacts {
  const driver = 'vfio-pci'
  const pci: PciHostDevice[] = [
    { address: pf, driver: pfDriver, iommuGroup: 1, sriov: { totalVfs: 4, offset: 128, stride: 2 } },
    { address: vf1, driver, iommuGroup: 2, physicalFunction: pf },
    { address: vf2, driver, iommuGroup: 3, physicalFunction: pf },
    { address: plain, driver, iommuGroup: 4 },
  ]
  const known = new Set(pci.map(({ address }) => address))
  const added = Object.keys(changes).filter((address) => !known.has(address))
  return {
    kernelVersion: '6.18.0',
    vfioEnableSriov: true,
    pci: [...pci, ...added.map((address) => ({ address }))].map((one) => ({ ...one, ...changes[one.address] })),
  }
}

/** Code, severity, device and message of what is found, and whether each domain starts. */
export function check(domains: VfioDomain[], host: VfioHostFacts, options?: CheckOptions) {
  const { outcomes, findings } = checkDomains(domains, host, options)
  return {
    starts: Object.fromEntries(outcomes.map(({ domain, starts }) => [domain.name, starts])),
    codes: findings.map(({ code, severity }) => `${severity} ${code}`),
    errors: findings.filter(({ severity }) => severity === 'error'),
    findings,
  }
}
