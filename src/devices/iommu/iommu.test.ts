import { describe, expect, test } from 'vitest'
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

// Each as libvirt 12.8 answered it.
const newest = { release: '12.8', qemu: '11.1', machine: 'q35' } as const
const arm = { ...newest, arch: 'aarch64', machine: 'virt' } as const

describe('an IOMMU of AMD, since 11.5', () => {
  const amd = (driver = '', more = {}) => guest(`<iommu model='amd'>${driver}</iommu>`, { ...newest, ...more })

  test('is a PCI function and the IOMMU that names it', async () => {
    const { devices } = await amd("<driver intremap='on' passthrough='on' xtsup='on' iotlb='on'/>")
    expect(devices(/AMDVI|amd-iommu/)).toEqual([
      '-device {"driver":"AMDVI-PCI","id":"iommu0","bus":"pcie.0","addr":"0x2"}',
      '-device {"driver":"amd-iommu","pci-id":"iommu0","intremap":"on","pt":true,"xtsup":true,"device-iotlb":true}',
    ])
    const off = await amd("<driver passthrough='off'/><address type='pci' bus='0' slot='5'/>")
    expect(off.devices(/AMDVI|amd-iommu/)).toEqual([
      '-device {"driver":"AMDVI-PCI","id":"iommu0","bus":"pcie.0","addr":"0x5"}',
      '-device {"driver":"amd-iommu","pci-id":"iommu0","pt":false}',
    ])
  })

  test.each(["aw_bits='48'", "caching_mode='on'", "dma_translation='on'", "pciBus='0'"])(
    'has no %s',
    async (option) => {
      expect((await amd(`<driver ${option}/>`)).codes).toEqual(['iommu/driver'])
    },
  )

  test('belongs to q35, a new libvirt and a new QEMU', async () => {
    expect((await amd('', { machine: 'pc' })).codes).toEqual(['iommu/machine'])
    expect((await amd('', { release: '11.3' })).codes).toEqual(['value/newer'])
    expect((await amd('', { qemu: '9.0.0' })).codes).toContain('iommu/unsupported')
  })
})

describe('options of a virtio IOMMU, since 12.1', () => {
  const acpi = { ...newest, sections: '<features><acpi/></features>' }
  const virtio = (driver: string, more = {}) => guest(`<iommu model='virtio'>${driver}</iommu>`, { ...acpi, ...more })
  test.each([
    ["<driver aw_bits='48'><granule size='64' unit='KiB'/></driver>", '"aw-bits":48,"granule":"64k"'],
    ["<driver><granule mode='host'/></driver>", '"granule":"host"'],
    ["<driver><granule size='16384' unit='bytes'/></driver>", '"granule":"16k"'],
  ])('%s', async (driver, printed) => {
    const line = `-device {"driver":"virtio-iommu","id":"iommu0",${printed},"bus":"pcie.0","addr":"0x2"}`
    expect((await virtio(driver)).devices(/iommu/)).toEqual([line])
  })
  test.each([
    ["<driver><granule size='3' unit='KiB'/></driver>", 'iommu/granule'],
    ["<driver><granule size='4' unit='KiB' mode='host'/></driver>", 'iommu/granule'],
    ["<driver iotlb='on'/>", 'iommu/driver'],
  ])('refused: %s', async (driver, code) => {
    expect((await virtio(driver)).codes).toEqual([code])
  })
  test('an older libvirt has no width, and ignores the granule', async () => {
    expect((await virtio("<driver aw_bits='48'/>", { release: '11.3' })).codes).toContain('iommu/driver')
    const ignored = await virtio("<driver><granule mode='host'/></driver>", { release: '11.3' })
    expect({ codes: ignored.codes, warnings: ignored.warnings }).toEqual({ codes: [], warnings: ['element/newer'] })
  })
})

describe('an SMMUv3 for one bus, since 11.10', () => {
  const smmu = (...drivers: string[]) => drivers.map((it) => `<iommu model='smmuv3'>${it}</iommu>`).join('')
  const bus = "<controller type='pci' index='1' model='pcie-expander-bus'><target busNr='252'/></controller>"

  test('is a device; several serve several buses', async () => {
    const { devices, options } = await guest(bus + smmu("<driver pciBus='0'/>", "<driver pciBus='1'/>"), arm)
    expect(devices(/smmu/)).toEqual([
      '-device {"driver":"arm-smmuv3","primary-bus":"pcie.0","id":"iommu0"}',
      '-device {"driver":"arm-smmuv3","primary-bus":"pci.1","id":"iommu1"}',
    ])
    expect(options('-machine')[0]).not.toContain('iommu=')
  })

  test("accelerated by the host's", async () => {
    const options = "pciBus='0' accel='on' cmdqv='on' ats='on' ril='on' ssidsize='4' oas='48'"
    const { devices } = await guest(smmu(`<driver ${options}/>`), arm)
    expect(devices(/smmu/)).toEqual([
      '-device {"driver":"arm-smmuv3","primary-bus":"pcie.0","id":"iommu0","accel":true,"ats":"on","ril":"on","ssidsize":"4","oas":"48","cmdqv":"on"}',
    ])
  })

  test("without a bus it is the machine's own", async () => {
    const { options, devices } = await guest(smmu('', "<driver accel='on'/>"), arm)
    expect(devices(/smmu/)).toEqual([])
    expect(options('-machine')[0]).toContain(',iommu=smmuv3,')
  })

  test.each([
    ["<driver pciBus='9'/>", 'iommu/unknown-bus'],
    ["<driver pciBus='0' ats='on'/>", 'iommu/needs-accel'],
    ["<driver aw_bits='48'/>", 'iommu/driver'],
  ])('refused: %s', async (driver, code) => {
    expect((await guest(smmu(driver), arm)).codes).toEqual([code])
  })

  test('an older libvirt has one alone', async () => {
    expect((await guest(smmu('', ''), { ...arm, release: '11.3' })).codes).toEqual(['iommu/several'])
  })
})
