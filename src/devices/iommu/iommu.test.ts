import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const sections = "<features><acpi/><ioapic driver='qemu'/></features>"
const intel = (driver: string, more = {}) =>
  guest(`<iommu model='intel'><driver ${driver}/></iommu>`, { machine: 'q35', sections, ...more })

test('a virtio IOMMU sits on the root bus', async () => {
  const { devices, xml } = await guest("<iommu model='virtio'/>", { machine: 'q35', sections })
  expect(devices(/iommu/)).toEqual(['-device {"driver":"virtio-iommu","id":"iommu0","bus":"pcie.0","addr":"0x2"}'])
  expect(xml).toMatch(/<iommu model='virtio'>\n\s+<address type='pci' domain='0x0000' bus='0x00'/)
})

test('all options of an Intel one', async () => {
  const { devices } = await intel("aw_bits='48' iotlb='on' eim='off' caching_mode='on' intremap='on'")
  expect(devices(/iommu/)).toEqual([
    '-device {"driver":"intel-iommu","id":"iommu0","intremap":"on","caching-mode":true,"eim":"off","device-iotlb":true,"aw-bits":48}',
  ])
})

test.each([
  [() => intel("intremap='on'", { sections: '' }), 'iommu/intremap-needs-split-apic'],
  [() => intel("eim='on'"), 'iommu/eim-needs-intremap'],
  [() => intel("aw_bits='48'", { capabilities: { remove: ['intel-iommu.aw-bits'] } }), 'iommu/option-unsupported'],
  [() => guest("<iommu model='intel'/><iommu model='intel'/>", { machine: 'q35' }), 'iommu/several'],
  [() => guest("<iommu model='smmuv3'/>", { machine: 'q35' }), 'iommu/machine'],
  [() => guest("<iommu model='virtio'><driver eim='on'/></iommu>", { machine: 'q35', sections }), 'iommu/driver'],
])('refused %#', async (make, code) => {
  expect((await make()).codes).toContain(code)
})
