import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const disk = (target: string, rest = '', attributes = "type='file' device='disk'") =>
  `<disk ${attributes}><driver name='qemu' type='qcow2'/><source file='/a'/><target ${target}/>${rest}</disk>`

const targets = (xml: string | undefined) =>
  [...(xml ?? '').matchAll(/<target dev='(\w+)' bus='(\w+)'/g)].map((it) => it[1])

test("a server without a port has its protocol's own, below other images too", async () => {
  const below = (port: string, protocol = 'nbd') =>
    `<backingStore type='network'><format type='raw'/><source protocol='${protocol}' name='a/b'><host name='h'${port}/></source></backingStore>`
  const host = async (store: string) => /<host .*>/.exec((await guest(disk("dev='vda'", store))).xml ?? '')?.[0]
  expect(await host(below(''))).toBe("<host name='h' port='10809'/>")
  expect(await host(below(" port='0'"))).toBe("<host name='h' port='10809'/>")
  expect(await host(below(" port='7'"))).toBe("<host name='h' port='7'/>")
  expect(await host(below('', 'rbd'))).toBe("<host name='h'/>")
})

describe('names and places', () => {
  test('the bus is what the name stands for', async () => {
    const { xml, codes } = await guest(disk("dev='vda'") + disk("dev='hda'"))
    expect(codes).toEqual([])
    expect(xml).toContain("<target dev='vda' bus='virtio'/>")
    expect(xml).toContain("<target dev='hda' bus='ide'/>")
  })

  test('disks of a bus stand by name, after Z comes AA; buses keep their places', async () => {
    const names = ['vdaa', 'hdb', 'vdb', 'hda', 'vdz']
    const { xml } = await guest(
      names.map((name) => disk(`dev='${name}' bus='${name.startsWith('v') ? 'virtio' : 'ide'}'`)).join(''),
    )
    expect(targets(xml)).toEqual(['vdb', 'vdz', 'vdaa', 'hda', 'hdb'])
  })

  test('images are numbered from the last disk to the first, empty drives too', async () => {
    const empty = "<disk type='file' device='cdrom'><target dev='hdc'/></disk>"
    const { options } = await guest(disk("dev='vda'") + empty + disk("dev='sda' bus='usb'"))
    expect(options('-blockdev').map((line) => /"node-name":"([^"]+)"/.exec(line)?.[1])).toEqual([
      'libvirt-3-storage',
      'libvirt-3-format',
      'libvirt-1-storage',
      'libvirt-1-format',
    ])
  })

  test('a floppy boots by its drive, on the controller', async () => {
    const floppy = disk("dev='fdb'", "<boot order='1'/>", "type='file' device='floppy'")
    const pc = await guest(floppy, { machine: 'pc' })
    expect(pc.options('-global')).toContain('-global isa-fdc.bootindexB=1')
    const q35 = await guest(floppy, { machine: 'q35' })
    expect(q35.devices(/isa-fdc/)).toEqual(['-device {"driver":"isa-fdc","bootindexB":1}'])
  })
})

describe('boot order', () => {
  test('an entry of the list stands for the first device of its kind', async () => {
    const { devices } = await guest(disk("dev='vda'") + disk("dev='vdb'"))
    expect(devices(/virtio-disk0/)[0]).toContain('"bootindex":1')
    expect(devices(/virtio-disk1/)[0]).not.toContain('bootindex')
  })

  test('no place is given twice', async () => {
    const order = "<boot order='1'/>"
    expect((await guest(disk("dev='vda'", order) + disk("dev='vdb'", order))).codes).toEqual(['boot/duplicate-order'])
  })
})

describe('refusals', () => {
  test.each([
    ['two disks of a name', disk("dev='vda'") + disk("dev='vda'"), ['disk/duplicate-target']],
    [
      'two disks at a place',
      disk("dev='sda' bus='sata'") + disk("dev='sdb' bus='sata'", "<address type='drive' unit='0'/>"),
      ['disk/duplicate-address'],
    ],
    ['a partition', disk("dev='vda1'"), ['disk/target-partition']],
    ['a name of no disk', disk("dev='x' bus='virtio'"), ['disk/target-name']],
    ['a place of another bus', disk("dev='sda' bus='scsi'", "<address type='pci'/>"), ['disk/address-type']],
    [
      'a virtio option elsewhere',
      disk("dev='sda' bus='sata'").replace('qcow2', "raw' queues='2"),
      ['disk/virtio-only'],
    ],
    [
      'an image below raw',
      disk("dev='vda'", "<backingStore type='file'><format type='raw'/><source file='/b'/></backingStore>").replace(
        'qcow2',
        'raw',
      ),
      ['disk/format-without-backing'],
    ],
    ['a shared image with metadata', disk("dev='vda'", '<shareable/>'), ['disk/shared-format']],
  ])('%s', async (_what, devices, codes) => {
    expect((await guest(devices, { machine: 'q35' })).codes).toEqual(codes)
  })

  test('point at the place and name the other device', async () => {
    const { errors } = await guest(disk("dev='vda'") + disk("dev='vda'"))
    expect(errors[0]).toMatchObject({
      path: '/domain/devices/disk[2]/target/@dev',
      related: [{ message: 'the other disk' }],
    })
  })
})

describe('filters and copies', () => {
  test('copy-on-read stands between the image and the device', async () => {
    const copying = disk("dev='vda'").replace("type='qcow2'", "type='qcow2' copy_on_read='on'")
    const { options, devices } = await guest(copying)
    expect(options('-blockdev')[2]).toContain(
      '"driver":"copy-on-read","node-name":"libvirt-CoR-vda","file":"libvirt-1-format"',
    )
    expect(devices(/virtio-blk/)[0]).toContain('"drive":"libvirt-CoR-vda"')
  })

  test('zeroes become discards only where discards reach the image', async () => {
    const zeroes = (discard: string) =>
      disk("dev='vda'").replace("'qcow2'", `'qcow2' discard='${discard}' detect_zeroes='unmap'`)
    expect((await guest(zeroes('unmap'))).options('-blockdev')[1]).toContain('"detect-zeroes":"unmap"')
    expect((await guest(zeroes('ignore'))).options('-blockdev')[1]).toContain('"detect-zeroes":"on"')
  })

  test('a shared disk is not cached by the host', async () => {
    const { options, xml } = await guest(disk("dev='vda'", '<shareable/>').replace('qcow2', 'raw'))
    expect(options('-blockdev')[0]).toContain('"cache":{"direct":true,"no-flush":false}')
    expect(xml).not.toContain('cache=')
  })
})

test('discards are treated alike in the whole chain, zeroes in the topmost image alone', async () => {
  const disk =
    "<disk type='file'><driver name='qemu' type='qcow2' discard='unmap' detect_zeroes='on'/><source file='/a'/>" +
    "<backingStore type='file'><format type='qcow2'/><source file='/b'/><backingStore/></backingStore>" +
    "<target dev='vda'/></disk>"
  const formats = (await guest(disk)).options('-blockdev').filter((line) => line.includes('-format"'))
  expect(formats.map((line) => [line.includes('"discard":"unmap"'), line.includes('detect-zeroes')])).toEqual([
    [true, false],
    [true, true],
  ])
})
