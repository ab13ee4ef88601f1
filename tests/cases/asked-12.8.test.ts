import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35 = { machine: 'q35', release: '11.3', qemu: '10.0.0' } as const satisfies GuestOptions
const newer = { ...q35, release: '12.8' } as const satisfies GuestOptions
const arm = { arch: 'aarch64', machine: 'virt' } as const satisfies GuestOptions
const scsi = (...attributes: readonly string[]) => attributes.map((it) => `<controller type='scsi' ${it}/>`).join('')
const cdrom = (attributes: string, inner = '', target = "dev='sda' bus='sata'") =>
  `<disk device='cdrom' ${attributes}>${inner}<target ${target}/></disk>`
const luks = "<encryption format='luks' engine='qemu'/>"
const nfs = (inner: string) =>
  `<disk type='network'><driver type='raw'/><source protocol='nfs' name='/a'>${inner}</source><target dev='vda' bus='virtio'/></disk>`
const rom = (nvram: string) => ({ os: `<loader type='rom'>/l</loader>${nvram}` })
const places = (xml: string | undefined, type: string) =>
  [...(xml ?? '').matchAll(new RegExp(`<controller type='${type}' index='(\\d+)'`, 'g'))]
    .map(([, index]) => index)
    .join('')

/** Small domains that libvirt 11.3 and 12.8 were asked. */
describe('controllers', () => {
  test.each([
    [scsi("index='6'", '', "index='3'"), 'scsi', '360'],
    [scsi('', '', "index='1'"), 'scsi', '021'],
    ["<controller type='sata'/><controller type='sata' index='7'/><controller type='sata' index='3'/>", 'sata', '037'],
  ])('without an index stand last: %s', async (devices, type, order) => {
    expect(places((await guest(devices, q35)).xml, type)).toBe(order)
  })

  test('of SCSI without a model are like the first that has one, since 12.8', async () => {
    const devices = scsi('', "model='dc390'", "model='vmpvscsi'")
    expect((await guest(devices, q35)).xml).toContain("index='0' model='lsilogic'")
    expect((await guest(devices, newer)).xml).toContain("index='0' model='dc390'")
  })

  test.each(['sata', 'fdc', 'ccid'])('%s has no model, not even an empty one', async (type) => {
    for (const model of ['x', ''])
      expect((await guest(`<controller type='${type}' model='${model}'/>`, q35)).codes).toContain(
        'controller/model-of-none',
      )
  })

  test('no USB: nothing is kept of it, and beside a high index stands what the board adds', async () => {
    const none = "<controller type='usb' index='3' model='none'><alias name='ua-x'/><acpi index='5'/></controller>"
    const { codes, xml } = await guest(none, q35)
    expect(codes).toEqual([])
    expect(xml).toContain("<controller type='usb' index='3' model='none'/>")
    expect((await guest(`${none}<controller type='usb' index='4' model='qemu-xhci'/>`, q35)).codes).toEqual([
      'controller/usb-none-and-others',
    ])
  })
})

describe('screens', () => {
  test('a window that does not fill the screen, since 12.8', async () => {
    const sdl = "<graphics type='sdl' fullscreen='no'/>"
    expect((await guest(sdl, q35)).xml).toContain("<graphics type='sdl'/>")
    expect((await guest(sdl, newer)).xml).toContain(sdl)
  })

  test('a websocket that was chosen is shown as one to choose, and printed as it is', async () => {
    const { xml, options } = await guest("<graphics type='vnc' websocketGenerated='yes' websocket='5799'/>", q35)
    expect(xml).toContain("websocket='-1'")
    expect(options('-vnc')[0]).toContain('websocket=5799')
  })

  test('OpenGL is drawn on one', async () => {
    const spice = (gl: string) => `<graphics type='spice'><listen type='none'/><gl enable='${gl}'/></graphics>`
    const screens = (gl: string) => guest(`${spice(gl)}<graphics type='egl-headless'/>`, q35)
    expect((await screens('yes')).codes).toEqual(['graphics/several-opengl'])
    expect((await screens('no')).codes).toEqual([])
  })

  test.each([
    ["port='-5' defaultMode='insecure'", ['graphics/spice-no-plain-port']],
    ["port='0' tlsPort='-7' defaultMode='insecure'", ['graphics/spice-no-plain-port']],
    ["autoport='no' defaultMode='insecure'", []],
    ["port='-5' defaultMode='any'", []],
  ])('a channel without TLS needs a port: %s', async (attributes, codes) => {
    expect((await guest(`<graphics type='spice' ${attributes}/>`, q35)).codes).toEqual(codes)
  })
})

describe('disks', () => {
  test.each([
    [cdrom("type='block'", '<source/>'), "<disk type='block' device='cdrom'>"],
    [cdrom("type='block'"), "<disk type='file' device='cdrom'>"],
    [cdrom("type='dir'", "<driver type='fat'/><source/>"), "<disk type='dir' device='cdrom'>"],
    [
      "<disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/><transient shareBacking='no'/></disk>",
      '<transient/>',
    ],
  ])('%s', async (devices, kept) => {
    expect((await guest(devices, q35)).xml ?? (await guest(devices, q35)).codes.join()).toContain(kept)
  })

  test.each([
    [cdrom("type='dir'", '<source/>'), 'disk/fat-directory'],
    [cdrom("type='file'", `<driver type='vmdk'/><source>${luks}</source>`), 'disk/encryption-format'],
    [cdrom("type='file'", '', "dev='sda' bus='scsi' removable='off'"), 'disk/removable-bus'],
    [nfs("<host name='h' port='7'/>"), 'source/nfs-port'],
    [nfs("<host name='h'/><host name='i'/>"), 'source/host-count'],
  ])('%s: %s', async (devices, code) => {
    const { codes, xml } = await guest(devices, q35)
    expect(codes).toContain(code)
    expect(xml).toBeUndefined()
  })
})

describe("the firmware's variables", () => {
  test('have a template of a format beside a ROM too, since 12.8', async () => {
    const nvram = "<nvram template='/t'/>"
    expect((await guest('', { ...q35, ...rom(nvram) })).xml).toContain(nvram)
    expect((await guest('', { ...newer, ...rom(nvram) })).xml).toContain("<nvram template='/t' templateFormat='raw'/>")
  })

  test.each([
    [`<nvram type='file'><source file='/x'>${luks}</source></nvram>`, ['firmware/variables-encryption']],
    [`<nvram type='file' format='raw'><source file='/x'>${luks}</source></nvram>`, []],
    [
      "<nvram type='block'><source dev='/x'><slices><slice type='storage' offset='1' size='5'/></slices></source></nvram>",
      ['firmware/variables-source'],
    ],
    [
      "<nvram type='block'><source dev='/x'><slices><slice type='storage' offset='0' size='5'/></slices></source></nvram>",
      [],
    ],
  ])('%s: %o', async (nvram, codes) => {
    expect((await guest('', { ...newer, ...rom(nvram) })).codes).toEqual(codes)
  })
})

describe('other devices', () => {
  test('a parallel port is numbered after those before it', async () => {
    const { xml } = await guest("<parallel type='null'/><parallel type='null'><target port='6'/></parallel>", q35)
    expect([...(xml ?? '').matchAll(/<target port='(\d)'\/>/g)].map(([, port]) => port)).toEqual(['0', '6'])
  })

  test('a channel: an empty name, the socket of one without, the bus beside a port', async () => {
    const channel = (target: string, type = 'unix', rest = '') =>
      guest(`<channel type='${type}'><target type='virtio' ${target}/>${rest}</channel>`, q35)
    expect((await channel("name=''")).xml).toContain("<target type='virtio' name=''/>")
    expect((await channel('')).lines.join()).toContain('/vioser-00-00-01.sock')
    const placed = await channel("name='c'", 'pty', "<address type='virtio-serial' bus='4' port='1'/>")
    expect(placed.xml).toContain("controller='0' bus='4' port='1'")
    expect(placed.devices(/virtserialport/)[0]).toContain('"bus":"virtio-serial0.4"')
    expect((await channel("name='c'", 'pty', "<address type='virtio-s390'/>")).codes).toEqual(['address/virtio-s390'])
  })

  test('9p says that it is read-only by a word, since 12.8 by a switch', async () => {
    const fs = "<filesystem><source dir='/a'/><target dir='t'/><readonly/></filesystem>"
    expect((await guest(fs, q35)).options('-fsdev')[0]).toMatch(/,readonly$/)
    expect((await guest(fs, newer)).options('-fsdev')[0]).toMatch(/,readonly=on$/)
  })

  test('the queue of virtiofs is a number with a sign, and of nothing else', async () => {
    const fs = (type: string) =>
      `<filesystem><driver type='${type}' queue='18446744073709551614'/><source dir='/a'/><target dir='t'/></filesystem>`
    const sections = "<memoryBacking><access mode='shared'/></memoryBacking>"
    expect((await guest(fs('virtiofs'), { ...q35, sections })).devices(/user-fs/)[0]).toContain('"queue-size":-2')
    expect((await guest(fs('path'), q35)).xml).not.toContain('queue')
  })

  test('queues of a crypto device are shown with a sign', async () => {
    const crypto = "<crypto model='virtio' type='qemu'><backend model='builtin' queues='4294967295'/></crypto>"
    const { xml, lines } = await guest(crypto, q35)
    expect(xml).toContain("queues='-1'")
    expect(lines.join()).toContain('"queues":4294967295')
  })

  test('shared memory of no size is shown with none', async () => {
    const shmem = "<shmem name='a'><model type='ivshmem-doorbell'/><size unit='b'>0</size><server/></shmem>"
    expect((await guest(shmem, q35)).xml).not.toContain('<size')
  })

  test('a socket without an address is defined, printed with 0, and not started', async () => {
    const vsock = "<vsock><cid auto='no'/></vsock>"
    expect((await guest(vsock, { ...q35, native: true })).devices(/vsock/)[0]).toContain('"guest-cid":0')
    const { codes, xml } = await guest(vsock, q35)
    expect(codes).toEqual(['vsock/missing-cid'])
    expect(xml).toContain("<cid auto='no'/>")
  })

  test.each([
    ["<graphics type='dbus'/><sound model='pcspk'/>", 'sound/no-backend'],
    ["<sound model='ich9'><address type='usb' bus='4'/></sound>", 'address/no-usb-controller'],
    [
      "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='c7a5fdbd-edaf-9455-926a-d65c16db1809'/></source><address type='unassigned'/></hostdev>",
      'hostdev/mdev-address-type',
    ],
    [
      "<hostdev mode='subsystem' type='usb'><source><vendor id='1'/><product id='2'/></source><address type='unassigned'/></hostdev>",
      'hostdev/usb-unassigned',
    ],
    [
      "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/><address type='unassigned'/></hostdev>",
      'hostdev/scsi-host-address-type',
    ],
  ])('%s: %s', async (devices, code) => {
    expect((await guest(devices, q35)).codes).toEqual([code])
  })

  test('a descriptor of /dev/iommu is handed to an object, also where nothing uses it', async () => {
    const sections = "<iommufd enabled='yes' fdgroup='g'/>"
    const capabilities = { add: ['iommufd'] } as const
    expect((await guest('', { ...newer, sections, capabilities })).lines.join()).toContain('"qom-type":"iommufd"')
  })
})

test('enlightenments are called as in the XML where the processor is no x86', async () => {
  const sections =
    "<cpu mode='maximum'/><features><hyperv><synic state='on'/><vpindex state='on'/><emsr_bitmap state='on'/></hyperv></features>"
  expect((await guest('', { ...newer, sections })).options('-cpu')[0]).toContain('hv-emsr-bitmap=on')
  expect((await guest('', { ...newer, ...arm, sections })).options('-cpu')[0]).toContain('hv-emsr_bitmap=on')
})

test('of a cell without memory nothing is said, since 12.8, also where its size is', async () => {
  const riscv = { arch: 'riscv64', machine: 'virt', sections: "<cpu><numa><cell memory='0'/></numa></cpu>" } as const
  expect((await guest('', { ...newer, ...riscv })).options('-numa')).toEqual(['-numa node,nodeid=0'])
})
