/** Machines for tests of the PCI engine. */
import type {
  PciAddress,
  PciController,
  PciControllerModel,
  PciControllerResult,
  PciRequest,
  PciTopology,
} from './types.ts'

export const at = (bus: number, slot: number, fn = 0): PciAddress => ({ bus, slot, function: fn })

export const show = ({ bus, slot, function: fn }: PciAddress): string =>
  `${bus.toString(16)}:${slot.toString(16)}.${fn}`

const plain: Omit<PciTopology, 'root'> = {
  hostBridges: 'one',
  controllers: [],
  capabilities: { pciePciBridge: true, pcieRootPort: true },
  zpci: false,
  isolation: false,
}

export const i440fx: PciTopology = {
  ...plain,
  root: 'pci-root',
  reservations: [
    { address: at(0, 1), holder: 'ISA bridge' },
    { address: at(0, 1, 1), holder: 'IDE controller' },
  ],
}

export const q35: PciTopology = {
  ...plain,
  root: 'pcie-root',
  reservations: [{ address: at(0, 0x1f), holder: 'ISA bridge' }],
  preferredSlots: { 'dmi-to-pci-bridge': [at(0, 0x1e)] },
}

export const withoutPcieToPci = { ...q35, capabilities: { pciePciBridge: false, pcieRootPort: true } }

export const pseries: PciTopology = { ...plain, root: 'pci-root', hostBridges: 'many', isolation: true }

export const s390: PciTopology = { ...plain, root: 'pci-root', zpci: true }

export const noPci: PciTopology = { ...plain, root: 'none' }

export const controller = (
  index: number,
  model: PciControllerModel,
  more: Partial<PciController> = {},
): PciController => ({ id: `pci ${index}`, index, model, ...more })

/** `3 pcie-root-port 0:2.0` */
export const line = ({ index, model, place }: PciControllerResult): string =>
  `${index} ${model}${place === undefined ? '' : ` ${show(place.address)}`}`

/** `device 0`, `device 1` … */
export const devices = (count: number, plug: 'pci' | 'pcie', more: Partial<PciRequest> = {}): PciRequest[] =>
  Array.from({ length: count }, (_, n) => ({ id: `device ${n}`, plug, ...more }))
