/**
 * Which controller is added where no bus takes a plug, and which fill a gap between indexes.
 * Source: formatdomain (Controllers: pci bridges "auto-added if there are too many devices", pcie-to-pci-bridge or
 * dmi-to-pci-bridge for conventional devices on PCI Express machines), "PCI topology and hotplug" (host bridges of pseries).
 */
import type { PciControllerModel, PciPlug, PciTopology } from './types.ts'

/** Bus numbers have eight bits. */
export const MAX_BUS = 255

/** @param hasDmiSlot a dmi-to-pci-bridge has room for a pci-bridge. */
export function grownModel(topology: PciTopology, plug: PciPlug, hasDmiSlot: boolean): PciControllerModel | undefined {
  const toConventional = topology.capabilities.pciePciBridge ? 'pcie-to-pci-bridge' : 'dmi-to-pci-bridge'
  if (topology.root === 'pci-root') {
    if (topology.hostBridges === 'many') return plug === 'pci' || plug === 'pci-bridge' ? 'pci-root' : undefined
    // a further bridge would need the very place that a bridge does not find
    return plug === 'pci' ? 'pci-bridge' : undefined
  }
  if (topology.root === 'none') return undefined
  switch (plug) {
    case 'pci':
      return hasDmiSlot ? 'pci-bridge' : toConventional
    case 'pci-bridge':
      return toConventional
    case 'pcie':
    case 'pcie-switch-upstream-port':
    case 'pcie-to-pci-bridge':
      return 'pcie-root-port'
    default:
      return undefined
  }
}

/** The controller for an index that nothing names, below one that something names. */
export function gapModel(topology: PciTopology): PciControllerModel {
  if (topology.root === 'pcie-root') return 'pcie-root-port'
  return topology.hostBridges === 'many' ? 'pci-root' : 'pci-bridge'
}
