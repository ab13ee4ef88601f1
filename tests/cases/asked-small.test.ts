import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35 = { machine: 'q35', release: '11.3', qemu: '10.0.0' } as const satisfies GuestOptions
const pseries = { ...q35, arch: 'ppc64', machine: 'pseries' } as const satisfies GuestOptions
const arm = { ...q35, arch: 'aarch64', machine: 'virt' } as const satisfies GuestOptions

const shared = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"
const mapped = (inner: string, driver = 'virtiofs') =>
  `<filesystem><driver type='${driver}'/><idmap>${inner}</idmap><source dir='/a'/><target dir='t'/></filesystem>`
const identity = (name: string) => `<${name} start='0' target='1' count='2'/>`
const flash = (inner: string, attributes = '', loader = "<loader type='pflash' readonly='yes'>/l</loader>") => ({
  ...q35,
  os: `${loader}<nvram type='file' ${attributes}><source file='/n'>${inner}</source></nvram>`,
  sections: '<features><acpi/></features>',
})
const store = (format: string) =>
  `<dataStore type='file'>${format && `<format type='${format}'/>`}<source file='/d'/></dataStore>`
const cell = (inner: string) => `<cpu><numa><cell cpus='0' memory='262144'>${inner}</cell></numa></cpu>`
const cache = (line: number) =>
  `<cache level='3' associativity='none' policy='none'><size value='1'/><line value='${line}'/></cache>`
const capability = (name: string) => `<qemu:capabilities><qemu:del capability='${name}'/></qemu:capabilities>`

/** The smallest domains in which random ones differed; libvirt 11.3 was asked each, and 12.8 where both are named. */
describe('a definition has', () => {
  test.each([
    [mapped(identity('uid')), '<idmap>'],
    [mapped(''), undefined],
    [mapped(identity('gid')), undefined],
    [mapped(identity('uid') + identity('gid'), 'path'), undefined],
  ])('a map of identities: %s', async (devices, kept) => {
    const { xml } = await guest(devices, { ...q35, sections: shared })
    expect(xml?.match(/<idmap>/)?.[0]).toBe(kept)
  })

  test.each([
    ["<parallel type='null'/><parallel type='null'><target port='5'/></parallel>", ['0', '5']],
    ["<parallel type='null'><target port='5'/></parallel><parallel type='null'/>", ['5', '6']],
  ])('ports counted from those before: %s', async (devices, ports) => {
    const { xml } = await guest(devices, q35)
    expect([...xml!.matchAll(/<target port='(\d)'\/>\n {4}<\/parallel>/g)].map(([, port]) => port)).toEqual(ports)
  })

  test.each([
    ["type='usb' bus='4294967295' port='4'", "type='usb' bus='-1' port='4'"],
    ["type='ccid' controller='4294967295' slot='2147483648'", "type='ccid' controller='-1' slot='-2147483648'"],
  ])('places with a sign: %s', async (place, printed) => {
    expect((await guest(`<parallel type='null'><address ${place}/></parallel>`, q35)).xml).toContain(printed)
  })

  test('a drive whose unit has a sign, in its alias too', async () => {
    const place = "<address type='drive' controller='0' bus='0' target='0' unit='4294967295'/>"
    const { xml, devices } = await guest(`<disk><source file='/x'/><target dev='sda' bus='scsi'/>${place}</disk>`, {
      ...q35,
      capabilities: { remove: [] },
    })
    expect(xml).toContain("unit='-1'")
    expect(devices(/scsi-hd/).join()).toContain('"id":"scsi0-0--1"')
  })

  test.each([
    ["<channel type='pty'><target type='virtio' name=''/></channel>", "<target type='virtio' name=''/>"],
    [
      "<filesystem multidevs='forbid' model='virtio-transitional'><source dir='/a'/><target dir='t'/></filesystem>",
      "model='virtio-transitional' multidevs='forbid'>",
    ],
    ["<shmem name='a'><model type='ivshmem-doorbell'/><size>0</size><server/></shmem>", "doorbell'/>\n      <server"],
  ])('%s', async (devices, kept) => {
    expect((await guest(devices, q35)).xml).toContain(kept)
  })

  test('a cache without a line, and no empty routes', async () => {
    const { xml, lines } = await guest('', { ...q35, sections: cell(cache(0)) })
    expect(xml).toContain("<size value='1' unit='KiB'/>\n        </cache>")
    expect(lines.find((it) => it.includes('hmat-cache'))).not.toContain('line')
    const routes = "<cpu><numa><cell cpus='0' memory='262144'/><interconnects/></numa></cpu>"
    expect((await guest('', { ...q35, sections: routes })).xml).not.toContain('interconnects')
  })

  test.each([
    ["type='drive' controller='7' target='1'", '0x00000007'],
    ["type='drive' controller='7'", '0x00003000'],
    ["type='pci' slot='4'", '0x00000000'],
    ["type='pci' function='3'", '0x00003000'],
    ["type='dimm' slot='2' base='0x30'", '0x00000002'],
    ["type='usb' bus='2' port='0.3'", '0x00000002'],
  ])('a register, read out of a place of another kind: %s', async (place, register) => {
    const { xml } = await guest(`<nvram><address ${place}/></nvram>`, pseries)
    expect(xml).toContain(`<address type='spapr-vio' reg='${register}'/>`)
  })

  test('the format raw in the store of variables, whatever is said', async () => {
    expect((await guest('', flash(store('qcow2'), "format='qcow2'"))).xml).toContain(
      "<dataStore type='file'>\n          <format type='raw'/>",
    )
  })

  test('a bridge at a place of another kind sits nowhere', async () => {
    const bridge = (inner: string) => `<controller type='pci' model='pci-bridge'>${inner}</controller>`
    const { xml } = await guest(`<controller type='pci' model='pci-root'/>${bridge("<address type='virtio-mmio'/>")}`, {
      ...q35,
      machine: 'pc',
    })
    expect(xml).toContain("<address type='virtio-mmio'/>")
    expect(xml).toMatch(/<memballoon[^>]*>\n\s*<address type='pci' domain='0x0000' bus='0x00' slot='0x02'/)
  })
})

describe('a line has', () => {
  test('what a parallel port of the host is, under its own name and under one of the user', async () => {
    const port = (name: string) => `<parallel type='dev'><source path='/p'/>${name}</parallel>`
    expect((await guest(port(''), q35)).options('-chardev').at(-1)).toContain('parallel,id=charparallel0')
    expect((await guest(port("<alias name='ua-a'/>"), q35)).options('-chardev').at(-1)).toContain('serial,id=charua-a')
  })

  test('enlightenments off x86 as they are written', async () => {
    const sections = "<features><hyperv><xmm_input state='on'/></hyperv></features>"
    expect((await guest('', { ...arm, sections })).options('-cpu')[0]).toContain('hv-xmm_input=on')
    expect((await guest('', { ...q35, sections })).options('-cpu')[0]).toContain('hv-xmm-input=on')
  })

  test('no register 0', async () => {
    const { devices } = await guest("<serial type='null'><address type='spapr-vio' reg='0'/></serial>", pseries)
    expect(devices(/spapr-vty/).join()).not.toContain('reg')
  })
})

const card = (inner: string, type = 'user') =>
  `<interface type='${type}'><mac address='52:54:00:00:00:01'/><source>${inner}</source></interface>`
const encryption = (engine: string) =>
  `<encryption format='luks' ${engine}><secret type='passphrase' usage='x'/></encryption>`

type Row = [code: string, devices: string, options: GuestOptions, neighbour: string, its?: GuestOptions]

test.each<Row>([
  [
    'cpu/no-maximum',
    '',
    { ...pseries, sections: "<cpu mode='maximum'/>" },
    '',
    { ...arm, sections: "<cpu mode='maximum'/>" },
  ],
  [
    'cpu/vendor-without-model',
    '',
    { ...q35, sections: "<cpu mode='maximum'><vendor>Intel</vendor></cpu>" },
    '',
    { ...q35, sections: "<cpu mode='maximum'><vendor/></cpu>" },
  ],
  [
    'qemu/no-such-capability',
    '',
    { ...q35, sections: capability('nonsense') },
    '',
    { ...q35, sections: capability('usb-hub') },
  ],
  [
    'graphics/vnc-without-audio',
    "<graphics type='vnc'/><graphics type='sdl'/>",
    q35,
    "<graphics type='sdl'/><graphics type='vnc'/>",
  ],
  [
    'sound/no-backend',
    "<graphics type='sdl'/><sound model='pcspk'/>",
    q35,
    "<graphics type='vnc'/><sound model='pcspk'/>",
  ],
  [
    'graphics/spice-no-plain-port',
    "<graphics type='spice' port='-5' autoport='no' defaultMode='insecure'/>",
    q35,
    "<graphics type='spice' port='5901' autoport='no' defaultMode='insecure'/>",
  ],
  [
    'graphics/spice-no-plain-port',
    "<graphics type='spice' port='-5' autoport='no'><channel name='main' mode='insecure'/></graphics>",
    q35,
    "<graphics type='spice' port='-5' autoport='yes'><channel name='main' mode='insecure'/></graphics>",
  ],
  [
    'shmem/doorbell-size',
    "<shmem name='a'><model type='ivshmem-doorbell'/><size unit='M'>4</size><server/></shmem>",
    q35,
    "<shmem name='a'><model type='ivshmem-doorbell'/><server/></shmem>",
  ],
  ['interface/host-side', card("<ip address='10.0.0.1'/>"), q35, card("<ip address='10.0.0.1'/>", 'ethernet')],
  [
    'interface/host-side',
    card("<route address='10.0.0.0' prefix='8' gateway='10.0.0.1'/>"),
    q35,
    card("<route address='10.0.0.0' prefix='8' gateway='10.0.0.1'/>", 'ethernet'),
  ],
  [
    'tpm/version-model',
    "<tpm><backend type='emulator' version='1.2'/></tpm>",
    { ...q35, arch: 'riscv64', machine: 'virt' },
    "<tpm><backend type='emulator' version='1.2'/></tpm>",
  ],
  [
    'input/model-without-virtio',
    "<input type='evdev' model='virtio'><source dev='/e'/></input>",
    q35,
    "<input type='evdev'><source dev='/e'/></input>",
  ],
  ['vcpu/count', '', { ...q35, sections: '<vcpu/>' }, '', { ...q35, sections: '<vcpu>1</vcpu>' }],
  ['source/data-store-without-format', '', flash(store('')), ''],
  ['firmware/variables-data-store', '', flash(store('raw')), '', flash('')],
  ['firmware/variables-encryption', '', flash(encryption('')), '', flash(encryption("engine='qemu'"))],
  [
    'firmware/variables-encryption',
    '',
    flash(encryption("engine='qemu'"), '', '<loader>/l</loader>'),
    '',
    flash(encryption("engine='qemu'"), "format='raw'", '<loader>/l</loader>'),
  ],
  [
    'source/host-count',
    '',
    { ...q35, os: "<loader>/l</loader><nvram type='network'><source protocol='nfs' name='n'/></nvram>" },
    '',
    {
      ...q35,
      os: "<loader>/l</loader><nvram type='network'><source protocol='nfs' name='n'><host name='h'/></source></nvram>",
    },
  ],
])('refused is %s: %s', async (code, devices, options, neighbour, its = q35) => {
  expect((await guest(devices, options)).codes).toContain(code)
  expect((await guest(neighbour, its)).codes).not.toContain(code)
})

test('a name that is no capability is refused at a start, since 12.8 at once', async () => {
  const sections = capability('nonsense')
  expect((await guest('', { ...q35, sections })).xml).toBeDefined()
  expect((await guest('', { ...q35, sections, release: '12.8' })).xml).toBeUndefined()
})
