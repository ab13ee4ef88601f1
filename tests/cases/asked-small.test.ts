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

const throttled = (name: string, limits: string) =>
  `<disk><source file='/${name}'/><target dev='${name}'/><iotune>${limits}<group_name>g</group_name></iotune></disk>`
const remote = (protocol: string, inner: string) =>
  `<disk type='network'><source protocol='${protocol}' name='a'><host name='h'/>${inner}</source><target dev='vda'/></disk>`
const usb = (inner: string) => `<hostdev mode='subsystem' type='usb'><source>${inner}</source></hostdev>`
const tagged = (tags: string) =>
  `<interface type='network'><mac address='52:54:00:00:00:01'/><source network='n'/><vlan>${tags}</vlan></interface>`

describe('a definition has, too,', () => {
  test('the limits of a group in each of its disks', async () => {
    const limits = '<total_bytes_sec>5</total_bytes_sec>'
    const { xml } = await guest(throttled('vda', '') + throttled('vdb', limits), q35)
    expect(xml?.match(/<total_bytes_sec>5</g)).toHaveLength(2)
  })

  test.each([
    ["<disk><source file='/a'/><target dev='vda'/><transient shareBacking='no'/></disk>", '<transient/>'],
    [remote('nbd', "<snapshot name='s'/><reconnect delay='1'/>"), "<reconnect delay='1'/>\n        <snapshot"],
    [usb("<vendor id='4'/><product id='1'/><address bus='0' device='0'/>"), "<product id='0x0001'/>\n      </source>"],
    [usb("<address bus='0' device='0'/>"), "type='usb' managed='no'/>"],
    [usb("<address bus='3' device='0'/>"), "<address bus='3' device='0'/>"],
    [tagged("<tag id='1' nativeMode='tagged'/>"), '<vlan>'],
    [tagged("<tag id='1'/><tag id='2'/>"), "<vlan trunk='yes'>"],
  ])('%s', async (devices, kept) => {
    expect((await guest(devices, q35)).xml).toContain(kept)
  })

  test.each([
    ["value='4294967299'", '3'],
    ["value='3' unit='GiB'", '3'],
  ])('a line of a cache of 32 bits: %s', async (line, bytes) => {
    const inner = `<cache level='3' associativity='none' policy='none'><size value='1'/><line ${line}/></cache>`
    expect((await guest('', { ...q35, sections: cell(inner) })).xml).toContain(`<line value='${bytes}' unit='B'/>`)
  })

  test('a register that another device was given is taken', async () => {
    const video = "<video><model type='vga'/><address type='spapr-vio' reg='0x3000'/></video>"
    expect((await guest(`<nvram/>${video}`, pseries)).xml).toMatch(
      /<nvram>\s*<address type='spapr-vio' reg='0x00004000'/,
    )
    const console = "<console type='null'><address type='spapr-vio' reg='0x30002000'/></console>"
    expect((await guest(console, pseries)).codes).toEqual([])
  })

  test('the first free register of a TPM that asks for one', async () => {
    const tpm = "<tpm model='tpm-tis'><backend type='emulator' version='2.0'/><address type='spapr-vio'/></tpm>"
    expect((await guest(tpm, q35)).xml).toContain("<address type='spapr-vio' reg='0x00004000'/>")
  })

  test.each([
    ['', '<memory>1310720</memory>', '1441792'],
    [cell(''), '', '524288'],
  ])(
    'whole blocks of 256 MiB in a module of POWER, and the memory that they add up to',
    async (numa, memory, total) => {
      const module = (node: string) => `<memory model='dimm'><target><size>131072</size>${node}</target></memory>`
      const sections = `<maxMemory slots='4'>4194304</maxMemory>${memory}${numa}`
      const { xml } = await guest(module(numa && '<node>0</node>'), { ...pseries, sections, abiUpdate: true })
      expect(xml).toContain("<size unit='KiB'>262144</size>")
      if (numa) expect(xml).toContain(`<memory unit='KiB'>${total}</memory>`)
    },
  )

  test('numbers of zPCI by index, where an index calls for controllers', async () => {
    const { xml } = await guest("<controller type='pci' index='3' model='pci-bridge'/>", {
      arch: 's390x',
      machine: 's390-ccw-virtio',
    })
    expect(xml?.match(/zpci uid='0x\d+'/g)).toEqual(["zpci uid='0x0001'", "zpci uid='0x0002'", "zpci uid='0x0003'"])
  })

  test('no place of a module that begins at 0', async () => {
    const module =
      "<memory model='virtio-mem'><target><size>262144</size><node>0</node><address base='0'/><block>2048</block></target></memory>"
    const sections = `<maxMemory slots='4'>4194304</maxMemory>${cell('')}`
    expect((await guest(module, { ...q35, sections })).xml).toMatch(/<requested[^\n]*\n\s*<\/target>/)
  })

  test('no format of variables beside a writable flash', async () => {
    const { xml } = await guest('', flash('', '', "<loader type='pflash'>/l</loader>"))
    expect(xml).toContain("<nvram type='file'>")
  })
})

describe('a line has', () => {
  test('the switch of the chipset’s watchdog after the devices', async () => {
    const dogs = "<watchdog model='itco' action='reset'/><watchdog model='i6300esb' action='reset'/>"
    const { lines } = await guest(dogs, q35)
    const at = (text: string) => lines.findIndex((line) => line.includes(text))
    expect(at('ICH9-LPC.noreboot')).toBeGreaterThan(at('i6300esb'))
  })

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
  ['disk/iotune-group-alone', throttled('vda', ''), q35, throttled('vda', '<size_iops_sec>5</size_iops_sec>')],
  [
    'source/cookie-characters',
    remote('https', "<cookies><cookie name='a,b'>x</cookie></cookies>"),
    q35,
    remote('ftps', "<cookies><cookie name='a,b'>x</cookie></cookies>"),
  ],
  [
    'source/cookie-characters',
    remote('https', "<cookies><cookie name='a'>x y</cookie></cookies>"),
    q35,
    remote('https', '<cookies><cookie name=\'a\'>"xy"</cookie></cookies>'),
  ],
  [
    'source/cookie-empty',
    remote('https', "<cookies><cookie name='a'/></cookies>"),
    q35,
    remote('https', "<cookies><cookie name='a'>x</cookie></cookies>"),
  ],
  [
    'source/cookie-twice',
    remote('https', "<cookies><cookie name='a'>x</cookie><cookie name='a'>y</cookie></cookies>"),
    q35,
    remote('https', "<cookies><cookie name='a'>x</cookie><cookie name='b'>y</cookie></cookies>"),
  ],
  [
    'source/nfs-port',
    remote('nfs', '').replace("name='h'", "name='h' port='4'"),
    q35,
    remote('nfs', '').replace("name='h'", "name='h' port='0'"),
  ],
  ['source/host-with-socket', remote('nbd', '').replace("name='h'", "name='h' socket=''"), q35, remote('nbd', '')],
  [
    'source/host-without-socket',
    remote('nbd', '').replace("name='h'", "transport='unix'"),
    q35,
    remote('nbd', '').replace("name='h'", "transport='unix' socket=''"),
  ],
  [
    'hostdev/scsi-host-address-type',
    "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5001405df0a5c6ff'/><address type='unassigned'/></hostdev>",
    q35,
    "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5001405df0a5c6ff'/></hostdev>",
  ],
  [
    'hostdev/mdev-address-type',
    "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='28ca667d-c92d-fbb2-ab9e-d76aaf0fd099'/></source><address type='unassigned'/></hostdev>",
    q35,
    "<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='28ca667d-c92d-fbb2-ab9e-d76aaf0fd099'/></source></hostdev>",
  ],
  [
    'value/invalid',
    "<audio id='1' type='pipewire'><output latency='0'/></audio>",
    q35,
    "<audio id='1' type='pulseaudio'><output latency='0'/></audio>",
  ],
  ['value/invalid', '', flash(store('luks')), '', flash(store('dir'))],
  [
    'disk/vhost-user-option',
    "<disk type='vhostuser'><source type='unix' path='/b'><auth username='a'><secret type='ceph' usage='x'/></auth></source><target dev='vda'/></disk>",
    { ...q35, sections: shared },
    "<disk type='vhostuser'><source type='unix' path='/b'/><target dev='vda'/></disk>",
    { ...q35, sections: shared },
  ],
  [
    'disk/shared-format',
    "<disk type='volume'><source pool='p' volume='v'/><target dev='sda'/><shareable/></disk>",
    q35,
    "<disk type='volume'><driver type='raw'/><source pool='p' volume='v'/><target dev='sda'/><shareable/></disk>",
  ],
  ['value/invalid', '', flash(store('none')), '', flash(store('dir'))],
  [
    'firmware/variables-of-writable-flash',
    '',
    flash('', '', "<loader type='pflash'>/l</loader>"),
    '',
    flash('', "format='raw'", "<loader type='pflash'>/l</loader>"),
  ],
  [
    'graphics/listen-attribute',
    "<graphics type='vnc'><listen type='address' network='x'/></graphics>",
    q35,
    "<graphics type='vnc'><listen type='socket' address='1.2.3.4'/></graphics>",
  ],
  [
    'graphics/listen-attribute',
    "<graphics type='vnc'><listen type='network' network='x' socket='/x'/></graphics>",
    q35,
    "<graphics type='vnc'><listen type='address' network=''/></graphics>",
  ],
  [
    'attribute/missing',
    "<graphics type='vnc'><listen socket='v'/></graphics>",
    q35,
    "<graphics type='vnc'><listen type='socket' socket='/v'/></graphics>",
  ],
  [
    'interface/floor',
    "<interface type='bridge'><source bridge='b'/><bandwidth><inbound floor='0'/></bandwidth></interface>",
    q35,
    "<interface type='network'><source network='b'/><bandwidth><inbound floor='0'/></bandwidth></interface>",
  ],
  [
    'source/reservations-without-socket',
    "<disk type='block' device='lun'><source dev='/a'><reservations managed='yes'><source type='unix' mode='client'/></reservations></source><target dev='sda' bus='scsi'/></disk>",
    q35,
    "<disk type='block' device='lun'><source dev='/a'><reservations managed='yes'/></source><target dev='sda' bus='scsi'/></disk>",
  ],
  [
    'controller/usb-ports-model',
    "<controller type='usb' model='ich9-ehci1' ports='2'/>",
    q35,
    "<controller type='usb' model='nec-xhci' ports='2'/>",
  ],
  ['address/virtio-s390', "<hub type='usb'><address type='virtio-s390'/></hub>", q35, "<hub type='usb'/>"],
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

test('a flash that is said to be writable takes no variables since 12.8', async () => {
  const options = flash('', "format='raw'", "<loader type='pflash' readonly='no'>/l</loader>")
  expect((await guest('', options)).codes).toEqual([])
  expect((await guest('', { ...options, release: '12.8' })).codes).toEqual(['firmware/variables-of-writable-flash'])
})

test('a name that is no capability is refused at a start, since 12.8 at once', async () => {
  const sections = capability('nonsense')
  expect((await guest('', { ...q35, sections })).xml).toBeDefined()
  expect((await guest('', { ...q35, sections, release: '12.8' })).xml).toBeUndefined()
})
