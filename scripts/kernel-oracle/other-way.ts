import { parseDeviceName } from '../../src/vfio/device-name.ts'
import { featureFlags } from '../../src/vfio/feature.ts'
import type { Operation } from '../../tests/vfio/operation.ts'
import type { Chance } from './choices.ts'
import { iommufd } from './steps.ts'

/** The name by which the walk counts a rule of both ways where it is met through an iommufd. */
export const byIommufd = (rule: string) => `${rule} through an iommufd`

/** The names by which a rule that decided an operation is counted. */
export function countedAs(operation: Operation, rule: string): string[] {
  return operation.op === 'iommufd' && !rule.startsWith('iommufd/') ? [rule, byIommufd(rule)] : [rule]
}

/** The kernel that is built with iommufd has no DMA buffers: their feature is not asked for. */
export function withoutDmaBuffers(operation: Operation): Operation {
  const isTheirs = operation.op === 'feature' && (operation.flags & featureFlags.mask) === 11
  return isTheirs ? { ...operation, flags: 0 } : operation
}

/** Some of the opens go through an iommufd instead of through the group, now and then without their token. */
export function someByIommufd(chance: Chance, operation: Operation): Operation {
  if (operation.op !== 'open' || operation.bare || chance.below(2) === 0) return operation
  const { holder, address, name } = operation
  const parsed = parseDeviceName(name, address)
  // What is wrong in the name cannot be said this way.
  if ('rule' in parsed) return operation
  return iommufd(holder, address, chance.below(4) === 0 ? undefined : parsed.token)
}
