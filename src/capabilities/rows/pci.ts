import { deviceProperty, type } from '../evidence.ts'
import { type Rows, row } from './row.ts'

/** PCI and PCI Express controllers, IOMMUs and properties of every PCI device. */
export const pci = {
  'acpi-index': row("ACPI index of a PCI device (`<acpi index='…'/>`)", deviceProperty('virtio-net-pci', 'acpi-index')),
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
  'intel-iommu.eim': row('Intel IOMMU with extended interrupt mode (`eim`)', deviceProperty('intel-iommu', 'eim')),
  'intel-iommu.intremap': row(
    'Intel IOMMU with interrupt remapping (`intremap`)',
    deviceProperty('intel-iommu', 'intremap'),
  ),
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
  'virtio-iommu.boot-bypass': row(
    'virtio IOMMU that lets devices through until the guest sets it up',
    deviceProperty('virtio-iommu-pci', 'boot-bypass'),
  ),
  'x3130-upstream': row('upstream port of a PCI Express switch', type('x3130-upstream')),
  'xio3130-downstream': row('downstream port of a PCI Express switch', type('xio3130-downstream')),
  zpci: row('PCI device of an s390x guest (`<zpci uid= fid=>`)', type('zpci')),
} satisfies Rows
