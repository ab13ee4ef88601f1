import { describe, expect, test } from 'vitest'
import { guest } from '../guest.ts'

const sectionsOf = async (sections: string, options: Parameters<typeof guest>[1] = {}) =>
  guest('', { machine: 'q35', ...options, sections })

/** What stands twice, as libvirt 11.3 and 12.8 read it. */
describe('a container that stands twice has the children of both', () => {
  test.each([
    ['iothreadids', "<iothread id='1'/>", "<iothread id='2'/>", '<iothreads>2</iothreads>'],
    ['keywrap', "<cipher name='aes' state='on'/>", "<cipher name='dea' state='off'/>", "name='dea'"],
    [
      'idmap',
      "<uid start='0' target='1000' count='10'/><gid start='0' target='1000' count='10'/>",
      "<uid start='20' target='1000' count='10'/>",
      "start='20'",
    ],
    ['pm', "<suspend-to-mem enabled='no'/>", "<suspend-to-disk enabled='yes'/>", '<suspend-to-disk'],
    ['vcpus', "<vcpu id='0' enabled='yes'/>", "<vcpu id='1' enabled='yes'/>", "<vcpu id='1' enabled='yes'"],
  ])('%s', async (name, first, second, printed) => {
    const vcpu = name === 'vcpus' ? '<vcpu>4</vcpu>' : ''
    const s390x = name === 'keywrap' ? ({ arch: 's390x', machine: 's390-ccw-virtio' } as const) : {}
    const { codes, xml } = await sectionsOf(`${vcpu}<${name}>${first}</${name}><${name}>${second}</${name}>`, s390x)
    expect(codes).toEqual([])
    expect(xml).toContain(printed)
  })

  const page = (attributes: string) => `<page size='2048' unit='KiB'${attributes}/>`
  const pages = (attributes: string) => `<hugepages>${page(attributes)}</hugepages>`

  test('children of its children, too', async () => {
    const { codes } = await sectionsOf(
      `<memoryBacking>${pages('')}</memoryBacking><memoryBacking>${pages('')}</memoryBacking>`,
    )
    expect(codes).not.toEqual([])
    const cells = "<vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='1048576'/></numa></cpu>"
    const { xml } = await sectionsOf(`<memoryBacking>${pages('')}${pages(" nodeset='0'")}</memoryBacking>${cells}`)
    expect(xml).toContain("nodeset='0'")
  })

  test('a disk has the limits of both', async () => {
    const { xml } = await guest(
      "<disk type='file'><source file='/a'/><target dev='vda'/><iotune><total_bytes_sec>5</total_bytes_sec></iotune>" +
        '<iotune><total_iops_sec>6</total_iops_sec></iotune></disk>',
    )
    expect(xml).toContain('<total_iops_sec>6</total_iops_sec>')
  })

  test('of NUMA the first in each CPU counts', async () => {
    const numa = "<numa><cell id='0' cpus='0-1' memory='1048576'/></numa>"
    expect((await sectionsOf(`<vcpu>2</vcpu><cpu>${numa}${numa}</cpu>`)).codes).toEqual([])
    expect((await sectionsOf(`<vcpu>2</vcpu><cpu>${numa}</cpu><cpu>${numa}</cpu>`)).codes).not.toEqual([])
  })
})
