import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35 = { machine: 'q35', release: '11.3', qemu: '10.0.0' } as const satisfies GuestOptions
const arm = { arch: 'aarch64', machine: 'virt', release: '11.3' } as const satisfies GuestOptions
const card = (inner: string, type = 'user') =>
  `<interface type='${type}'><mac address='52:54:00:00:00:01'/><source network='n'/>${inner}</interface>`
const label = "<source path='/a'><seclabel model='dac' relabel='no'/></source>"

/** libvirt 11.3 and 12.8 were asked each. */
describe('a definition keeps of', () => {
  test.each([
    ["<video><driver vgaconf='io'/><model type='vga'/></video>", '<model', 'vgaconf'],
    [
      "<video><driver name='qemu' vgaconf='on'/><model type='vga'/></video>",
      "<driver vgaconf='on' name='qemu'/>",
      "vgaconf='io'",
    ],
    [`<redirdev type='file'>${label}</redirdev>`, "<source path='/a'/>", '<seclabel'],
    [`<smartcard mode='passthrough' type='file'>${label}</smartcard>`, "<source path='/a'/>", '<seclabel'],
    [
      `<rng model='virtio'><backend model='egd' type='file'>${label}</backend></rng>`,
      "<source path='/a'/>",
      '<seclabel',
    ],
    [
      "<disk type='network'><source protocol='nbd'><host name='h'/><seclabel relabel='no'/></source><target dev='vda'/></disk>",
      "<host name='h' port='10809'/>",
      '<seclabel',
    ],
    [
      "<audio id='1' type='alsa'><output mixingEngine='yes' fixedSettings='yes'/></audio>",
      "fixedSettings='yes'>\n        <settings/>",
      "fixedSettings='yes'/>",
    ],
    [
      card(
        "<filterref filter='f'><parameter value='1'/><parameter name='IP' value='10.0.0.1'/></filterref>",
        'network',
      ),
      "<parameter name='IP' value='10.0.0.1'/>",
      "<parameter value='1'",
    ],
    [card("<bandwidth><inbound average='0'/></bandwidth>", 'network'), '<bandwidth>\n      </bandwidth>', '<inbound'],
    ["<serial type='nmdm'/>", "<serial type='nmdm'>", '<source'],
  ])('%s', async (devices, kept, forgotten) => {
    const { xml } = await guest(devices, q35)
    expect(xml).toContain(kept)
    expect(xml).not.toContain(forgotten)
  })

  test.each([
    ["<xen><passthrough state='off' mode='share_pt'/></xen>", "<passthrough state='off'/>"],
    ["<hyperv><vendor_id state='off' value='abc'/></hyperv>", "<vendor_id state='off'/>"],
  ])('%s', async (features, kept) => {
    const { xml } = await guest('', { ...q35, sections: `<features>${features}</features>` })
    expect(xml).toContain(kept)
  })

  test('a port whose switch only the network knows: both identifiers, made up', async () => {
    const { xml } = await guest(card("<virtualport><parameters managerid='5'/></virtualport>", 'network'), q35)
    expect(xml).toMatch(/<parameters managerid='5' instanceid='[-\da-f]{36}' interfaceid='[-\da-f]{36}'\/>/)
  })
})

describe('refused is', () => {
  test.each([[arm, "<timer name='pit' tickpolicy='catchup'/>", 'clock/tickpolicy-unsupported']])(
    '%o %s',
    async (options, timer, code) => {
      const { codes } = await guest('', { ...options, sections: `<clock>${timer}</clock>` })
      expect(codes).toContain(code)
    },
  )

  test('a guarantee, however large', async () => {
    const sections = '<memtune><min_guarantee>9007199254740991</min_guarantee></memtune>'
    expect((await guest('', { ...q35, sections })).codes).toEqual(['memtune/min-guarantee'])
  })

  test.each([
    ["<ip family='ipv4' address='10.0.0.0' prefix='3'/>", ['interface/ip-prefix']],
    ["<ip family='ipv6' address='fd00::' prefix='63'/>", ['interface/ip-prefix']],
    ["<ip family='ipv6' address='fd00::' prefix='64'/>", []],
  ])('a network: %s', async (ip, codes) => {
    expect((await guest(card(ip), q35)).codes).toEqual(codes)
  })

  test('a network of passt as any other, until 12.8', async () => {
    const passt = card("<ip address='10.0.0.0' prefix='28'/><backend type='passt'/>")
    expect((await guest(passt, q35)).codes).toEqual(['interface/ip-prefix'])
    expect((await guest(passt, { ...q35, release: '12.8' })).codes).toEqual([])
  })

  test('a console of SPICE, although the serial port overwrites it', async () => {
    expect((await guest("<serial type='pty'/><console type='spicevmc'/>", q35)).codes).toEqual(['chardev/spicevmc'])
  })

  test('a null modem at a start, and one with one end at once', async () => {
    const serial = (source: string) => `<serial type='nmdm'>${source}</serial>`
    expect((await guest(serial(''), q35)).xml).toBeDefined()
    expect((await guest(serial(''), q35)).codes).toContain('chardev/nmdm')
    expect((await guest(serial("<source master='/a'/>"), q35)).codes).toContain('chardev/missing-slave')
    expect((await guest(serial("<source slave='/b'/>"), q35)).codes).toContain('chardev/missing-master')
  })

  test('a store of data in an empty drive', async () => {
    const drive = (store: string) =>
      `<disk type='file' device='cdrom'><driver name='qemu' type='qcow2'/><source><dataStore type='file'>${store}</dataStore></source><target dev='sda'/></disk>`
    expect((await guest(drive("<format type='raw'/>"), q35)).codes).toEqual(['source/data-store-without-source'])
  })
})

describe('a line has', () => {
  test('what a running QEMU is to do at its end, last of all devices', async () => {
    const sections = "<features><async-teardown enabled='yes'/></features>"
    const { lines } = await guest("<vsock model='virtio'/>", { ...q35, sections })
    const at = (text: string) => lines.findIndex((line) => line.includes(text))
    expect(at('vhost-vsock')).toBeGreaterThan(0)
    expect(at('-run-with')).toBeGreaterThan(at('vhost-vsock'))
  })

  test('the address that an automatic one was last, where it is only printed', async () => {
    const vsock = "<vsock model='virtio'><cid auto='yes' address='7'/></vsock>"
    expect((await guest(vsock, { ...q35, native: true })).devices(/vsock/).join()).toContain('"guest-cid":7')
  })
})

test('the text of an element is that of all within it', async () => {
  const { xml, options } = await guest('', {
    release: '11.3',
    sections: '<description>a<b>c</b>d</description><vcpu>1<b>2</b></vcpu>',
  })
  expect(xml).toContain('<description>acd</description>')
  expect(options('-smp')[0]).toMatch(/^-smp 12\b/)
})

test('what passes 2^63 is QEMU’s number below 0: how far a server is read ahead', async () => {
  const xml = `<disk type='network'><driver name='qemu' type='raw'/><source protocol='http' name='x'><host name='h'/>
    <readahead size='18446744073709551615'/></source><target dev='vda' bus='virtio'/></disk>`
  const { lines } = await guest(xml, { release: '11.3' })
  expect(lines.join()).toContain('"readahead":-1')
})

test('a console of the service element has no place in its option', async () => {
  const xml = "<console type='pty'><target type='sclp'/><address type='isa'/></console>"
  const { devices } = await guest(xml, { arch: 's390x', machine: 's390-ccw-virtio', release: '11.3' })
  expect(devices(/sclp/)).toEqual(['-device {"driver":"sclpconsole","chardev":"charconsole0","id":"console0"}'])
})

test('vgaconf stands before the name', async () => {
  const xml = "<video><driver name='qemu' vgaconf='on'/><model type='vga'/></video>"
  expect((await guest(xml, { machine: 'q35', release: '11.3' })).xml).toContain("<driver vgaconf='on' name='qemu'/>")
})

test('sizes of 0 are none: pages and alignment of a memory module', async () => {
  const sections =
    "<maxMemory slots='2'>4194304</maxMemory><vcpu>2</vcpu><cpu><numa><cell cpus='0-1' memory='1048576'/></numa></cpu>"
  const module = (model: string, source: string) =>
    `<memory model='${model}'><source>${source}</source><target><size unit='MiB'>128</size><node>0</node></target></memory>`
  const of = async (xml: string) =>
    (await guest(xml, { machine: 'q35', release: '11.3', sections, abiUpdate: true })).lines.join()
  expect(await of(module('nvdimm', '<path>/x</path><alignsize>0</alignsize>'))).toContain('"size":134217728}')
  expect(await of(module('dimm', '<pagesize>0</pagesize>'))).toContain(
    '"qom-type":"memory-backend-ram","id":"memdimm0"',
  )
})

test('what is removed of no profile of a TPM says nothing', async () => {
  const tpm = `<tpm model='tpm-crb'><backend type='emulator' version='2.0'><profile removeDisabled='check'/></backend></tpm>`
  expect((await guest(tpm, { machine: 'q35', release: '12.8' })).xml).not.toContain('<profile')
})
