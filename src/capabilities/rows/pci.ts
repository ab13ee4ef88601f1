import { deviceProperty, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** PCI and PCI Express controllers, IOMMUs and properties of every PCI device. */
export const pci = {
  'acpi-generic-initiator': row(
    'NUMA nodes that a host PCI device brings (`<acpi nodeset=>`)',
    type('acpi-generic-initiator'),
    { since: '11.8' },
  ),
  'acpi-index': row("ACPI index of a PCI device (`<acpi index='…'/>`)", deviceProperty('virtio-net-pci', 'acpi-index')),
  'amd-iommu': row("AMD IOMMU (`<iommu model='amd'/>`)", type('amd-iommu'), { since: '11.5' }),
  'amd-iommu.pci-id': row('AMD IOMMU that is a PCI device of its own', deviceProperty('amd-iommu', 'pci-id'), {
    since: '12.8',
  }),
  'amd-iommu.xtsup': row('AMD IOMMU with x2APIC mode (`xtsup`)', deviceProperty('amd-iommu', 'xtsup'), {
    since: '11.5',
  }),
  'arm-smmuv3': row("SMMUv3 as a device (`<iommu model='smmuv3'>` with `pciBus`)", type('arm-smmuv3'), {
    since: '11.10',
  }),
  'arm-smmuv3.accel': row("SMMUv3 accelerated by the host's (`accel`)", deviceProperty('arm-smmuv3', 'accel'), {
    since: '12.7',
  }),
  'arm-smmuv3.cmdqv': row('SMMUv3 with command queues of the host (`cmdqv`)', deviceProperty('arm-smmuv3', 'cmdqv'), {
    since: '12.7',
  }),
  'arm-smmuv3.smmu_per_bus': row('several SMMUv3, one a PCI bus', deviceProperty('arm-smmuv3', 'smmu_per_bus'), {
    since: '12.8',
  }),
  'dmi-to-pci-bridge': row('PCI Express to PCI bridge `dmi-to-pci-bridge`', type('i82801b11-bridge')),
  'intel-iommu': row("Intel IOMMU (`<iommu model='intel'/>`)", type('intel-iommu')),
  'intel-iommu.aw-bits': row("IOMMU's address width (`aw_bits`)", deviceProperty('intel-iommu', 'aw-bits')),
  'intel-iommu.caching-mode': row(
    'Intel IOMMU in caching mode, which VFIO devices need',
    deviceProperty('intel-iommu', 'caching-mode'),
  ),
  'intel-iommu.device-iotlb': row(
    "Intel IOMMU with the devices' own translation caches (`iotlb`)",
    deviceProperty('intel-iommu', 'device-iotlb'),
  ),
  'intel-iommu.dma-translation': row(
    'Intel IOMMU that remaps interrupts only (`dma_translation`)',
    deviceProperty('intel-iommu', 'dma-translation'),
    { since: '10.7' },
  ),
  'intel-iommu.eim': row('Intel IOMMU with extended interrupt mode (`eim`)', deviceProperty('intel-iommu', 'eim')),
  'intel-iommu.intremap': row(
    'Intel IOMMU with interrupt remapping (`intremap`)',
    deviceProperty('intel-iommu', 'intremap'),
  ),
  iommufd: row('VFIO through the iommufd of the host (`<iommufd>`)', type('iommufd'), { since: '12.1' }),
  ioh3420: row('PCI Express root port `ioh3420`', type('ioh3420')),
  'pci-bridge': row('PCI bridge `pci-bridge`', type('pci-bridge')),
  'pcie-pci-bridge': row('PCI Express to PCI bridge `pcie-pci-bridge`', type('pcie-pci-bridge')),
  'pcie-root-port': row('generic PCI Express root port', type('pcie-root-port')),
  'pcie-root-port.hotplug': row(
    "PCI Express root port without hotplug (`<target hotplug='off'/>`)",
    deviceProperty('pcie-root-port', 'hotplug'),
  ),
  'piix4.acpi-root-pci-hotplug': row(
    "i440fx root bus without hotplug (`<target hotplug='off'/>`)",
    deviceProperty('PIIX4_PM', 'acpi-root-pci-hotplug'),
  ),
  pxb: row('PCI expander bus', type('pxb')),
  'pxb-pcie': row('PCI Express expander bus', type('pxb-pcie')),
  'spapr-pci-host-bridge': row('further PCI host bridges of a pSeries guest', type('spapr-pci-host-bridge')),
  'spapr-pci-host-bridge.numa_node': row(
    'PCI host bridge of a pSeries guest on a NUMA node',
    deviceProperty('spapr-pci-host-bridge', 'numa_node'),
  ),
  'vfio-pci': row("host PCI device through VFIO (`<hostdev type='pci'>`)", type('vfio-pci')),
  'vfio-pci.vf-token': row(
    'VF token of a virtual function whose physical function is bound to vfio-pci (QEMU 8.1)',
    deviceProperty('vfio-pci', 'vf-token'),
  ),
  'virtio-iommu-pci': row("virtio IOMMU (`<iommu model='virtio'/>`)", type('virtio-iommu-pci')),
  'virtio-iommu.aw-bits': row(
    'address width of a virtio IOMMU (`aw_bits`)',
    deviceProperty('virtio-iommu-pci', 'aw-bits'),
    { since: '12.8' },
  ),
  'virtio-iommu.boot-bypass': row(
    'virtio IOMMU that lets devices through until the guest sets it up',
    deviceProperty('virtio-iommu-pci', 'boot-bypass'),
  ),
  'x3130-upstream': row('upstream port of a PCI Express switch', type('x3130-upstream')),
  'xio3130-downstream': row('downstream port of a PCI Express switch', type('xio3130-downstream')),
  zpci: row('PCI device of an s390x guest (`<zpci uid= fid=>`)', type('zpci')),
} satisfies Rows
