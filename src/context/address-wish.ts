import type { PciAddress, PciRequest } from '../address/pci/types.ts'

/** What a device asks of the PCI engine: the engine's request less what the pipeline knows by itself. */
export type PciWish = Omit<PciRequest, 'id' | 'name' | 'address' | 'multifunction' | 'zpci'>

export type { PciAddress }
