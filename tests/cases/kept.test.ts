import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35 = { machine: 'q35', release: '11.3' } as const satisfies GuestOptions
const image = (source: string, driver = "<driver name='qemu' type='raw'/>") =>
  `<disk type='file'>${driver}<source file='/a'>${source}</source><target dev='vda' bus='virtio'/></disk>`
const remote = (protocol: string, inner: string) =>
  `<disk type='network'><driver name='qemu' type='raw'/><source protocol='${protocol}' name='n'><host name='h'/>${inner}</source><target dev='vda' bus='virtio'/></disk>`
const rng = (inner: string) => `<rng model='virtio'><backend model='random'>/dev/urandom</backend>${inner}</rng>`

/** What is kept of small domains; libvirt 11.3 and 12.8 were asked each. */
describe('a definition keeps of', () => {
  test.each([
    [
      rng("<address type='pci' multifunction='on'/>"),
      "slot='0x00' function='0x0'/>",
      "multifunction='on'/>\n    </rng>",
    ],
    ["<graphics type='spice' listen='127.0.0.1'/>", "<listen type='none'/>", 'autoport'],
    ["<graphics type='vnc' port='-1' websocketGenerated='yes'/>", "websocket='-1'", 'websocketGenerated'],
    ["<graphics type='vnc' port='5905' websocket='5777' websocketGenerated='no'/>", "websocket='5777'", 'Generated'],
    ["<memballoon model='none'><acpi index='4'/></memballoon>", "<memballoon model='none'/>", '<acpi'],
    ["<video><model type='none' blob='on' heads='3'/></video>", "<model type='none'/>", 'blob'],
    ["<sound model='ac97'><codec type='duplex'/></sound>", "<sound model='ac97'>", '<codec'],
    ["<sound model='virtio' multichannel='yes' streams='2'/>", "<sound model='virtio' streams='2'>", 'multichannel'],
    [
      "<tpm model='tpm-crb'><backend type='emulator' version='2.0'><profile/></backend></tpm>",
      "version='2.0'/>",
      'profile',
    ],
    ["<serial type='unix'><source mode='connect' path='/s'><reconnect/></source></serial>", "path='/s'/>", 'reconnect'],
    ["<video><model type='qxl' vram64='7'/></video>", "vram64='7'", "vram64='8'"],
    ["<rng model='virtio'><backend model='random'>/x<log file='/l'/></backend></rng>", '>/x</backend>', '<log'],
    [
      "<filesystem type='mount'><source dir='/a'/><target dir='t'/><rom file='/x'/></filesystem>",
      "<target dir='t'/>",
      '<rom',
    ],
    [remote('ftps', '<ssl/>'), '</source>', '<ssl'],
    [remote('nfs', "<identity user='+1' username='x'/>"), "<identity user='+1'/>", 'username'],
    [image("<encryption format='luks'/>", "<driver name='qemu' type='qcow2'/>"), '</encryption>', 'secret'],
    [image('', "<driver name='qemu' type='aio'/>"), "type='raw'", 'aio'],
    [`${image('').replace('</disk>', "<rom file='/x'/></disk>")}`, '</disk>', '<rom'],
  ])('%s', async (devices, kept, forgotten) => {
    const { codes, xml } = await guest(devices, q35)
    expect(codes).toEqual([])
    expect(xml).toContain(kept)
    expect(xml).not.toContain(forgotten)
  })

  test.each([
    ['<memoryBacking><allocation/></memoryBacking>', 'memoryBacking'],
    ['<metadata> text </metadata>', 'metadata'],
    ["<seclabel model='dac'/>", 'seclabel'],
    [
      '<blkiotune><device><path>/dev/a</path><read_iops_sec>0</read_iops_sec><write_bytes_sec>5</write_bytes_sec></device></blkiotune>',
      'read_iops_sec',
    ],
  ])('%s: no %s', async (sections, forgotten) => {
    const { codes, xml } = await guest('', { ...q35, sections })
    expect(codes).toEqual([])
    expect(xml).not.toContain(forgotten)
  })

  test('a label without a type, since 12.8', async () => {
    const { xml } = await guest('', { release: '12.8', sections: "<seclabel model='dac'/>" })
    expect(xml).toContain("<seclabel type='dynamic' model='dac' relabel='yes'/>")
  })

  test('a keyboard without a bus, which keeps none of the PC away', async () => {
    const { xml } = await guest("<input type='keyboard'/>", q35)
    expect(xml?.match(/<input type='keyboard' bus='ps2'\/>/g)).toHaveLength(2)
  })

  test('disks whose XML names no bus, in the order of their names', async () => {
    const disk = (dev: string) => `<disk type='file'><source file='/a'/><target dev='${dev}'/></disk>`
    const { xml } = await guest(disk('vds') + disk('sdc'), q35)
    expect(xml?.indexOf("dev='sdc'")).toBeLessThan(xml?.indexOf("dev='vds'") ?? 0)
  })

  test('an override of nothing', async () => {
    const sections = "<qemu:override><qemu:device alias='net0'><qemu:frontend/></qemu:device></qemu:override>"
    expect((await guest('', { ...q35, sections })).xml).toContain("<qemu:device alias='net0'/>")
  })

  test('options of virtio where the machine makes the card a virtio one', async () => {
    const card = "<interface type='user'><mac address='52:54:00:00:00:01'/><driver name='qemu' iommu='on'/></interface>"
    const { xml } = await guest(card, { arch: 'aarch64', machine: 'virt', release: '11.3' })
    expect(xml).toContain("<driver iommu='on'/>")
  })
})

describe('a command line has', () => {
  const argv = async (devices: string, options: GuestOptions, ...names: string[]) =>
    (await guest(devices, { ...q35, ...options })).options(...names)

  test('an ACPI index on PCI alone', async () => {
    const devices = `<serial type='pty'><acpi index='4'/></serial>${rng("<acpi index='5'/>")}`
    const lines = (await argv(devices, {}, '-device')).filter((line) => line.includes('acpi-index'))
    expect(lines).toEqual([expect.stringContaining('virtio-rng-pci')])
  })

  test("the commas of the firmware's blobs as they are, with a warning", async () => {
    const sections = "<sysinfo type='fwcfg'><entry name='opt/com.example/a,b'>x</entry></sysinfo>"
    expect(await argv('', { sections }, '-fw_cfg')).toEqual(['-fw_cfg name=opt/com.example/a,b,string=x'])
    expect((await guest('', { ...q35, sections })).warnings).toContain('sysinfo/blob-comma')
  })

  test('the shim before the device tree', async () => {
    const os = '<kernel>/k</kernel><dtb>/d</dtb><shim>/s</shim>'
    expect(await argv('', { os, qemu: '10.0.0' }, '-shim', '-dtb')).toEqual(['-shim /s', '-dtb /d'])
  })

  test('missed ticks of a PIT that says nothing of them', async () => {
    const sections = "<clock offset='utc'><timer name='pit'/></clock>"
    expect(await argv('', { sections }, '-global')).toContain('-global kvm-pit.lost_tick_policy=delay')
  })

  test('numbers from 2^63 as QEMU’s signed ones', async () => {
    const sections = "<iothreadids><iothread id='1'><poll shrink='18446744073709551615'/></iothread></iothreadids>"
    expect((await argv('', { sections }, '-object')).join()).toContain('"poll-shrink":-1')
    const slice = "<slices><slice type='storage' offset='18446744073709551615' size='18446744073709551615'/></slices>"
    expect((await argv(image(slice), {}, '-blockdev')).join()).toContain('"offset":-1,"size":-1')
  })

  test('a name of the port for the channel of SPICE alone', async () => {
    const devices = "<channel type='qemu-vdagent'><target type='virtio'/></channel><graphics type='spice' port='5999'/>"
    expect((await argv(devices, {}, '-device')).join()).not.toContain('com.redhat.spice.0')
  })

  test('vhdx for vhd', async () => {
    const [, format] = await argv(image('', "<driver name='qemu' type='vhd'/>"), {}, '-blockdev')
    expect(format).toContain('"driver":"vhdx"')
  })

  test('namespaces of NVMe as a signed number', async () => {
    const disk = `<disk type='nvme'><driver name='qemu' type='raw'/><source type='pci' namespace='18446744073709551615'>
      <address domain='0' bus='1' slot='0' function='0'/></source><target dev='vda' bus='virtio'/></disk>`
    expect((await argv(disk, {}, '-blockdev'))[0]).toContain('"namespace":-1,')
  })

  test('no address of SPICE without a port, and no port of a websocket that was only printed', async () => {
    expect((await argv("<graphics type='spice' port='-5'/>", {}, '-spice'))[0]).not.toContain('addr=')
    const websocket = (given: string) =>
      argv(`<graphics type='vnc' port='5901' ${given}/>`, { native: true }, '-vnc').then(([line]) => line)
    expect(await websocket("websocket='-5'")).toContain('websocket=-5')
    expect(await websocket("websocketGenerated='yes'")).not.toContain('websocket')
  })

  test('no passphrase where a format can do without', async () => {
    const lines = await argv(
      image("<encryption format='luks'/>", "<driver name='qemu' type='qcow2'/>"),
      {},
      '-blockdev',
    )
    expect(lines.join()).not.toContain('encrypt')
    expect((await guest(image("<encryption format='luks'/>"), q35)).codes).toEqual(['source/encryption-without-secret'])
  })
})

describe('refused at definition', () => {
  test.each([
    [
      "<channel type='pty'><target type='virtio' name='a.b'/><acpi index='8'/></channel>",
      'address/acpi-index-without-pci',
    ],
    [image("<seclabel model='dac' relabel='no'><label>1:2</label></seclabel>"), 'seclabel/label-without-relabel'],
    [image('', "<driver name='qemu' type='luks'/>"), 'disk/format-without-driver'],
    ["<disk type='file'><source file='/a'/><target dev='fda' bus='scsi'/></disk>", 'disk/target-name'],
    [
      "<interface type='user'><bandwidth><inbound average='18014398509481985'/></bandwidth></interface>",
      'value/invalid',
    ],
    [remote('tftp', ''), 'source/protocol-gone'],
    [remote('ssh', "<identity keyfile='/k'/>"), 'source/ssh-identity'],
    [
      "<hostdev mode='subsystem' type='pci'><source><address bus='1'/></source><teaming type='persistent'/></hostdev>",
      'hostdev/teaming',
    ],
  ])('%s', async (devices, code) => {
    expect((await guest(devices, q35)).codes).toEqual([code])
  })

  test.each([
    ["<serial type='pty'><target type='isa-debug' port='0'/></serial>", '', 'serial/machine'],
    ['', "<features><apic eoi='on'/></features>", 'features/wrong-machine'],
    ['', "<cpu><cache mode='disable'/></cpu>", 'cpu/cache-mode'],
    ['', '<features><ras/></features>', 'features/missing-state'],
    [
      '',
      "<vcpu>2</vcpu><cpu><numa><cell id='0' cpus='0-1' memory='262144'><distances/></cell></numa></cpu>",
      'numa/distances-without-siblings',
    ],
  ])('on ARM: %s%s', async (devices, sections, code) => {
    const { codes } = await guest(devices, { arch: 'aarch64', machine: 'virt', release: '11.3', sections })
    expect(codes).toContain(code)
  })

  test('ps2 without a state', async () => {
    expect((await guest('', { ...q35, sections: '<features><ps2/></features>' })).codes).toEqual([
      'features/missing-state',
    ])
  })

  test('vxhs since 12.8, which was refused at a start before, and not at all below an image', async () => {
    expect((await guest(remote('vxhs', ''), { release: '12.8' })).xml).toBeUndefined()
    const older = await guest(remote('vxhs', ''), q35)
    expect(older.codes).toEqual(['source/protocol-gone'])
    expect(older.xml).toBeDefined()
    const below = remote('vxhs', '').match(/<source.*<\/source>/)![0]
    const chain = `<disk type='file'><driver name='qemu' type='qcow2'/><source file='/a'/><backingStore type='network'><format type='raw'/>${below}</backingStore><target dev='vda' bus='virtio'/></disk>`
    expect((await guest(chain, q35)).codes).toEqual([])
  })
})

test('an ACPI index that stands twice is QEMU’s to refuse', async () => {
  const { codes, xml } = await guest(rng("<acpi index='5'/>").repeat(2), q35)
  expect(codes).toEqual(['address/acpi-index-in-use'])
  expect(xml).toContain("<acpi index='5'/>")
})

test('a cryptographic adapter of the host has no place in the guest', async () => {
  const mdev = `<hostdev mode='subsystem' type='mdev' model='vfio-ap'>
    <source><address uuid='29afacd0-a8b1-0dcd-9e0a-7aac22b3fd6b'/></source><address type='pci'/></hostdev>`
  const { codes, xml } = await guest(mdev, { arch: 's390x', machine: 's390-ccw-virtio', release: '11.3' })
  expect(codes).toEqual([])
  expect(/<hostdev.*<\/hostdev>/s.exec(xml ?? '')?.[0]).not.toContain("type='pci'")
})
