/**
 * Which controller is added where no bus takes a plug, and which fill a gap between indexes.
 * Source: formatdomain (Controllers: pci bridges "auto-added if there are too many devices", pcie-to-pci-bridge or
 * dmi-to-pci-bridge for conventional devices on PCI Express machines), "PCI topology and hotplug" (host bridges of pseries).
 */
import type { PciControllerModel, PciPlug, PciTopology } from './types.ts'

/** Bus numbers have eight bits. */
export const MAX_BUS = 255

/**
 * What is added at once, in this order, where no bus takes a plug; nothing for a plug that has to be planned for. A
 * pcie-to-pci-bridge always comes with a port of its own. Source: oracle (11.3), each bridge model alone on each machine.
 * @param hasBridgeBus a bus takes a pci-bridge, full or not.
 */
export function grownModels(
  topology: PciTopology,
  plug: PciPlug,
  hasBridgeBus: boolean,
): readonly PciControllerModel[] {
  if (topology.root === 'pci-root') {
    if (plug !== 'pci') return []
    return [topology.hostBridges === 'many' ? 'pci-root' : 'pci-bridge']
  }
  if (topology.root === 'none') return []
  switch (plug) {
    case 'pci':
      if (hasBridgeBus) return ['pci-bridge']
      return topology.capabilities.pciePciBridge ? ['pcie-root-port', 'pcie-to-pci-bridge'] : ['dmi-to-pci-bridge']
    case 'pcie':
    case 'pcie-switch-upstream-port':
      return ['pcie-root-port']
    default:
      return []
  }
}

/** The controller for an index that nothing names, below one that something names. */
export function gapModel(topology: PciTopology): PciControllerModel {
  if (topology.root === 'pcie-root') return 'pcie-root-port'
  return topology.hostBridges === 'many' ? 'pci-root' : 'pci-bridge'
}
