import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

// Each as libvirt 12.8 answered it.
const sections = `<maxMemory slots='4' unit='GiB'>4</maxMemory>
  <cpu><numa><cell id='0' cpus='0' memory='256' unit='MiB'/></numa></cpu>`
const ask = (device: string, release: '11.3' | '12.8' = '12.8') =>
  guest(device, { sections, release, qemu: '10.0', machine: 'q35' })
const size = "<size unit='KiB'>131072</size>"
const virtioMem = (rest: string) =>
  `<memory model='virtio-mem'>${rest}<target>${size}<node>0</node><block unit='KiB'>2048</block><requested unit='KiB'>0</requested></target></memory>`
const modules = /virtio-mem|virtio-pmem|pc-dimm/

describe('options of virtio, since 11.9', () => {
  test('of virtio-mem', async () => {
    const { xml, devices } = await ask(virtioMem("<driver iommu='on' ats='off' packed='on'/>"))
    expect(xml).toContain(
      "<memory model='virtio-mem'>\n      <driver iommu='on' ats='off' packed='on'/>\n      <target>",
    )
    expect(devices(modules)[0]).toContain(
      '"virtio-mem-pci","iommu_platform":true,"ats":false,"packed":true,"node":0,"block-size":2097152,',
    )
  })

  test('of virtio-pmem', async () => {
    const source = '<source><path>/tmp/vp</path></source>'
    const { devices, xml } = await ask(
      `<memory model='virtio-pmem'>${source}<target>${size}</target><driver iommu='on'/></memory>`,
    )
    expect(xml).toContain("<memory model='virtio-pmem' access='shared'>\n      <driver iommu='on'/>")
    expect(devices(modules)[0]).toContain('"virtio-pmem-pci","iommu_platform":true,"memdev"')
  })

  test('no other model has them; an older libvirt ignores them', async () => {
    const dimm = `<memory model='dimm'><driver iommu='on'/><target>${size}<node>0</node></target></memory>`
    expect((await ask(dimm)).codes).toEqual(['memory/driver'])
    const older = await ask(virtioMem("<driver iommu='x'/>"), '11.3')
    expect({ codes: older.codes, warnings: older.warnings }).toEqual({ codes: [], warnings: ['element/newer'] })
    expect(older.devices(modules)[0]).not.toContain('iommu')
  })

  test('empty ones are none', async () => {
    const { xml, codes } = await ask(virtioMem('<driver/>'))
    expect({ codes, has: xml?.includes('<driver') }).toEqual({ codes: [], has: false })
  })
})

test('pages of size 0 are none', async () => {
  const { xml } = await ask(virtioMem('<source><pagesize>0</pagesize></source>'))
  expect(xml).toContain("<memory model='virtio-mem'>\n      <target>")
})
