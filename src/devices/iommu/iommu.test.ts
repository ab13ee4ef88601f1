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

const remapping = (devices: string, more = {}) => guest(devices, { machine: 'q35', release: '11.3', ...more })
const many = { abiUpdate: true, sections: '<vcpu>288</vcpu>' }

// Each line as libvirt 11.3 answered it.
test.each([
  ["<iommu model='intel'><driver intremap='on'/></iommu>", {}, "<driver intremap='on'/>"],
  ['', many, "<driver intremap='on' eim='on'/>"],
  ["<iommu model='intel'/>", many, "<driver intremap='on' eim='on'/>"],
  ["<iommu model='intel'><driver intremap='on'/></iommu>", many, "<driver intremap='on' eim='on'/>"],
])('where interrupts are remapped the I/O APIC is split: %s %#', async (devices, more, driver) => {
  const { xml, codes, options } = await remapping(devices, more)
  expect(codes).toEqual([])
  expect(xml).toContain("<ioapic driver='qemu'/>")
  expect(xml).toContain(driver)
  expect(options('-machine')[0]).toContain('kernel_irqchip=split')
})

test('what the user wrote of many CPUs stays', async () => {
  const off = "<iommu model='intel'><driver intremap='off'/></iommu>"
  expect((await remapping(off, many)).codes).toContain('iommu/eim-needs-intremap')
  const kernel = { ...many, sections: "<vcpu>288</vcpu><features><ioapic driver='kvm'/></features>" }
  expect((await remapping('', kernel)).codes).toContain('iommu/intremap-needs-split-apic')
  const virtio = { ...many, sections: '<vcpu>288</vcpu><features><acpi/></features>' }
  expect((await remapping("<iommu model='virtio'/>", virtio)).codes).toContain('vcpu/needs-remapping')
  const newest = await remapping("<iommu model='virtio'/>", { ...virtio, release: '12.8' })
  expect(newest.codes).not.toContain('vcpu/needs-remapping')
  expect(newest.xml).toContain("<ioapic driver='qemu'/>")
  expect((await remapping('', { sections: '<vcpu>288</vcpu>' })).codes).toContain('vcpu/needs-remapping')
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
