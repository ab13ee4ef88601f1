import type { PciInventory } from '../../host/pci-inventory.ts'
import { stage } from '../preflight/inventory.ts'
import { virtualFunctionAddresses } from '../sriov.ts'

/**
 * A PF and all its VFs, those that could still be created among them; undefined where the host has no such PF. All of
 * them share one token.
 */
export function familyOf(pci: PciInventory, physicalFunction: string): ReadonlySet<string> | undefined {
  const device = stage({ pci }, new Map(), []).host.device(physicalFunction)
  if (device?.sriov === undefined) return undefined
  const recorded = pci.find(({ address }) => address === physicalFunction)?.virtualFunctions ?? []
  const possible = virtualFunctionAddresses(device, device.sriov.totalVfs)
  return new Set([physicalFunction, ...device.virtualFunctions, ...recorded, ...possible])
}
