import { flag, integer, list, type Of, optional, record, text } from '../json/shape.ts'

const pciAddress = (description: string) =>
  text(description, { pattern: '^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]$' })
const hex = (description: string, digits: number) => text(description, { pattern: `^[0-9a-f]{${digits}}$` })

export const pciDeviceShape = record('A PCI function of the host.', {
  address: pciAddress('As sysfs names it: domain:bus:slot.function, e.g. 0000:06:12.1.'),
  vendor: optional(hex('Vendor id, four hex digits.', 4)),
  device: optional(hex('Device id, four hex digits.', 4)),
  class: optional(hex('Class code, six hex digits, e.g. 010802 for NVMe.', 6)),
  iommuGroup: optional(integer('Number of its IOMMU group.')),
  physicalFunction: optional(pciAddress('For a virtual function: the address of its physical function.')),
  driver: optional(text('Driver bound to it, e.g. vfio-pci; empty: none is bound; missing: not known.')),
  driverOverride: optional(text('The only driver that may be bound to it, where driver_override names one.')),
  numaNode: optional(integer('NUMA node that it is attached to.')),
  virtualFunctions: optional(
    list('For a physical function: its virtual functions, in order.', pciAddress('Address of a virtual function.')),
  ),
  sriov: optional(
    record('For a physical function: its SR-IOV capability.', {
      totalVfs: integer('Most virtual functions that it can have (sriov_totalvfs).', 0, 65_535),
      offset: optional(integer('Routing id of the first, less its own (sriov_offset).', 0, 65_535)),
      stride: optional(integer('Step of the routing id from one to the next (sriov_stride).', 0, 65_535)),
    }),
  ),
  pcie: optional(flag('Whether it is a PCI Express device; unknown counts as true.')),
})

export type PciHostDevice = Of<typeof pciDeviceShape>

export const pciInventoryShape = list(
  'PCI functions known of this host. It informs: a device that is not in it is no error.',
  pciDeviceShape,
)

export type PciInventory = Of<typeof pciInventoryShape>

/** The device at an address as sysfs writes it; undefined where the inventory does not know it. */
export function pciDeviceAt(inventory: PciInventory, address: string): PciHostDevice | undefined {
  return inventory.find((device) => device.address === address)
}
