import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../../../tests/guest.ts'
import { networksFrom, noNetworks } from '../../host/networks.ts'
import { resourcesFrom } from '../../host/resources.ts'

const bridge = "<interface type='bridge'><source bridge='br0'/><model type='virtio'/></interface>"
const netdevs = async (devices: string, options?: GuestOptions) => (await guest(devices, options)).options('-netdev')
const handsOut = (numbers: Parameters<typeof resourcesFrom>[0], type: 'kvm' | 'qemu' = 'kvm') => ({
  type,
  host: { resources: resourcesFrom(numbers) },
})
const network = (extra: object) =>
  networksFrom([
    {
      network: {
        name: 'net',
        portGroups: [],
        devices: [],
        addresses: [],
        physicalFunctions: [],
        ipAddresses: [],
        ...extra,
      } as never,
    },
  ])

describe('a host that hands out no descriptors', () => {
  test('QEMU calls its bridge helper, and a finding says so', async () => {
    const { options, notes } = await guest(bridge)
    expect(options('-netdev')).toEqual(['-netdev {"type":"bridge","br":"br0","id":"hostnet0"}'])
    expect(notes).toEqual([expect.stringContaining("QEMU's bridge helper")])
    const { warnings } = await guest(bridge, { host: { descriptors: {} } })
    expect(warnings).toEqual(['interface/no-descriptors'])
    const bridgeHelperName = '/usr/lib/qemu/qemu-bridge-helper'
    expect(await netdevs(bridge, { config: { bridgeHelperName } })).toEqual([
      `-netdev {"type":"tap","br":"br0","helper":"${bridgeHelperName}","id":"hostnet0"}`,
    ])
  })

  test('a tap with a name, or with several queues, is opened by its name and nothing runs', async () => {
    const named = bridge.replace('<model', "<target dev='tap7'/><model")
    expect(await netdevs(named)).toEqual([
      '-netdev {"type":"tap","ifname":"tap7","script":"no","downscript":"no","id":"hostnet0"}',
    ])
    const queues = bridge.replace('</interface>', "<driver name='vhost' queues='4'/></interface>")
    expect(await netdevs(queues, { type: 'kvm' })).toEqual([
      '-netdev {"type":"tap","ifname":"vnet0","script":"no","downscript":"no","queues":4,"vhost":true,"id":"hostnet0"}',
    ])
  })

  test('a macvtap cannot be: QEMU has no name for it', async () => {
    const { codes, xml } = await guest("<interface type='direct'><source dev='eth0'/></interface>")
    expect(codes).toEqual(['host/unknown'])
    expect(xml).toContain("<source dev='eth0' mode='vepa'/>")
  })

  test('vDPA goes by its path', async () => {
    const vdpa = "<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>"
    expect(await netdevs(vdpa)).toEqual([
      '-netdev {"type":"vhost-vdpa","vhostdev":"/dev/vhost-vdpa-0","id":"hostnet0"}',
    ])
  })
})

describe('descriptors', () => {
  test('of a macvtap', async () => {
    const direct = "<interface type='direct'><source dev='eth0'/><model type='virtio'/></interface>"
    expect(await netdevs(direct, handsOut({ macvtap: 30, vhostNet: 40 }))).toEqual([
      '-netdev {"type":"tap","fd":"30","vhost":true,"vhostfd":"40","id":"hostnet0"}',
    ])
  })

  test('no vhost for a guest that is emulated', async () => {
    const emulated = handsOut({ bridgeTap: 30, vhostNet: 40 }, 'qemu')
    const tap = ['-netdev {"type":"tap","fd":"30","id":"hostnet0"}']
    expect(await netdevs(bridge, emulated)).toEqual(tap)
    expect(await netdevs(bridge.replace('</interface>', "<driver name='vhost'/></interface>"), emulated)).toEqual(tap)
  })

  test('of vDPA are numbered after those of all that is prepared', async () => {
    const vdpa = "<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>"
    const log = "<serial type='pty'><log file='/l'/></serial>"
    expect((await guest(vdpa + log, handsOut({ vdpa: 9, chardevLog: 5 }))).options('-add-fd')).toEqual([
      '-add-fd set=1,fd=9,opaque=net0-vdpa',
      '-add-fd set=0,fd=5,opaque=serial0-log',
    ])
  })

  test('no vhost where the driver is qemu; old spelling of several', async () => {
    const queues = bridge.replace('</interface>', "<driver queues='2'/></interface>")
    expect(
      await netdevs(queues.replace('<driver ', "<driver name='qemu' "), handsOut({ bridgeTap: 30, vhostNet: 40 })),
    ).toEqual(['-netdev {"type":"tap","fds":"30:31","id":"hostnet0"}'])
    expect(await netdevs(queues, { ...handsOut({ bridgeTap: 30, vhostNet: 40 }), qemu: '4.2.0' })).toEqual([
      '-netdev tap,fds=30:31,vhost=on,vhostfds=40:41,id=hostnet0',
    ])
  })
})

describe('a network decides what the card becomes', () => {
  const card = "<interface type='network'><source network='net'/><model type='virtio'/></interface>"

  test('a bridge, a macvtap', async () => {
    const plugged = async (extra: object) =>
      netdevs(card, { host: { networks: network(extra), resources: resourcesFrom({ bridgeTap: 30, macvtap: 50 }) } })
    expect((await plugged({ bridge: 'virbr0' }))[0]).toContain('"fd":"30"')
    expect((await plugged({ forward: 'vepa', devices: ['eth0'] }))[0]).toContain('"fd":"50"')
  })

  test('a host function: it prints and is named among the host devices, the XML stays', async () => {
    const pool = network({ forward: 'hostdev', addresses: [{ domain: 0, bus: 6, slot: 0x12, function: 1 }] })
    const { options, devices, xml } = await guest(card, { host: { networks: pool } })
    expect(options('-netdev')).toEqual([])
    expect(devices(/vfio-pci/)).toEqual([
      '-device {"driver":"vfio-pci","host":"0000:06:12.1","id":"hostdev0","bus":"pci.0","addr":"0x2"}',
    ])
    expect(xml).toContain("<interface type='network'>")
    expect(xml).not.toContain('06')
  })

  test('refused at a start where the host does not know it, or leaves the choice open', async () => {
    const unknown = await guest(card, { host: { networks: noNetworks } })
    expect(unknown).toMatchObject({ codes: ['interface/unknown-network'] })
    expect(unknown.xml).toBeDefined()
    const open = await guest(card, { host: { networks: network({ forward: 'vepa' }) } })
    expect(open.codes).toEqual(['interface/network-without-plug'])
  })
})

test('the address of a card is random, its prefix is QEMU’s, and the same document gives the same', async () => {
  const addresses = async () =>
    [
      ...((await guest("<interface type='user'/><interface type='user'/>")).xml ?? '').matchAll(
        /<mac address='(.*?)'/g,
      ),
    ].map(([, mac]) => mac)
  const [first, second] = await addresses()
  expect(first).toMatch(/^52:54:00(:[0-9a-f]{2}){3}$/)
  expect(second).not.toBe(first)
  expect(await addresses()).toEqual([first, second])
})

test('names that libvirt gives are dropped, the user’s are kept', async () => {
  const target = async (dev: string, managed = '') =>
    (await guest(`<interface type='ethernet'><target dev='${dev}'${managed}/></interface>`)).xml?.match(
      /<target .*?>/,
    )?.[0]
  expect(await target('vnet3')).toBeUndefined()
  expect(await target('mytap')).toBe("<target dev='mytap'/>")
  expect(await target('vnet3', " managed='no'")).toBe("<target dev='vnet3' managed='no'/>")
})

test('a port of Open vSwitch without an identifier gets one', async () => {
  const card = "<interface type='bridge'><source bridge='br0'/><virtualport type='openvswitch'/></interface>"
  const { xml } = await guest(card)
  expect(xml).toMatch(
    /<parameters interfaceid='[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'\/>/,
  )
})

test('a socket with a comma in its path', async () => {
  const card =
    "<interface type='vhostuser'><source type='unix' path='/tmp/a,b' mode='server'/><model type='virtio'/></interface>"
  expect((await guest(card)).options('-chardev')).toContain('-chardev socket,id=charnet0,path=/tmp/a,,b,server=on')
})

const user = (inside: string) => `<interface type='user'>${inside}</interface>`
const onBridge = (inside: string) => `<interface type='bridge'><source bridge='br0'/>${inside}</interface>`

test.each([
  ["<interface type='bridge'/>", 'interface/missing-source'],
  ["<interface type='wire'/>", 'interface/type'],
  [user("<mac address='01:00:00:00:00:01'/>"), 'interface/multicast-mac'],
  [user("<model type='a b'/>"), 'interface/model-name'],
  [user("<ip address='1.2.3.4'/><ip address='1.2.3.5'/>"), 'interface/ip-twice'],
  [user("<ip address='1.2.3.4' prefix='28'/>"), 'interface/ip-prefix'],
  [user("<ip address='1.2.3.4' family='ipv6'/>"), 'interface/ip-family'],
  [user("<ip address='1.2.3.4' peer='1.2.3.5'/>"), 'interface/ip-peer'],
  [user("<ip address='1.2.3'/>"), 'value/invalid'],
  [user("<route address='10.0.0.0' gateway='10.0.0.1'/>"), 'interface/route'],
  [user("<source dev='eth0'/>"), 'interface/needs-passt'],
  [user("<model type='virtio'/><driver queues='4'/>"), 'interface/queues-type'],
  [user("<model type='virtio'/><driver rx_queue_size='300'/>"), 'interface/queue-size'],
  [user("<model type='e1000'/><teaming type='persistent'/>"), 'interface/teaming-persistent'],
  [
    user("<model type='virtio'/><teaming type='persistent' persistent='ua-x'/>"),
    'interface/teaming-partner-of-persistent',
  ],
  [user("<model type='virtio'/><teaming type='transient' persistent='ua-x'/>"), 'interface/teaming-transient'],
  [user("<mtu size='1500'/>"), 'interface/mtu'],
  [user("<bandwidth><outbound peak='3'/></bandwidth>"), 'interface/bandwidth-without-average'],
  [onBridge("<ip address='1.2.3.4'/>"), 'interface/ip'],
  [onBridge("<vlan><tag id='5'/></vlan>"), 'interface/vlan'],
  [onBridge("<virtualport type='openvswitch'/><vlan/>"), 'interface/vlan-without-tag'],
  [onBridge("<virtualport type='openvswitch'/><port isolated='yes'/>"), 'interface/isolated-port'],
  [onBridge("<virtualport type='openvswitch'/><filterref filter='x'/>"), 'interface/filterref'],
  [onBridge('<virtualport/>'), 'interface/virtualport-type'],
  [onBridge("<virtualport type='midonet'/>"), 'interface/virtualport-parameter'],
  [
    onBridge("<virtualport type='802.1Qbh'><parameters profileid='x' typeid='7'/></virtualport>"),
    'interface/virtualport-parameter',
  ],
  [onBridge("<bandwidth><inbound floor='3'/></bandwidth>"), 'interface/floor'],
  [onBridge("<bandwidth><outbound average='3' floor='3'/></bandwidth>"), 'interface/floor'],
  [onBridge("<target dev='x' managed='no'/>"), 'interface/unmanaged-target'],
  [
    "<interface type='vhostuser'><source type='unix' path='/s' mode='client'/><model type='rtl8139'/></interface>",
    'interface/needs-virtio',
  ],
  ["<interface type='null'/>", 'interface/type-unsupported'],
])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test.each([
  ['7.1.0', user("<backend type='passt'/>"), 'interface/passt-unsupported'],
  ['5.0.0', "<interface type='vdpa'><source dev='/dev/v'/></interface>", 'interface/vdpa-unsupported'],
  ['5.0.0', user("<model type='virtio'/><driver rss='on'/>"), 'interface/rss-unsupported'],
  ['5.2.0', user("<acpi index='3'/>"), 'address/acpi-index-unsupported'],
])('on QEMU %s: %s', async (qemu, xml, code) => {
  expect((await guest(xml, { qemu })).codes).toEqual([code])
})

test('passt names the guest since 11.8', async () => {
  const named = user("<model type='virtio'/><backend type='passt' hostname='h' fqdn='h.x'/>")
  expect((await guest(named, { release: '11.8' })).xml).toContain("<backend type='passt' hostname='h' fqdn='h.x'/>")
  const older = await guest(named, { release: '11.3' })
  expect(older.conversion.diagnostics.filter(({ code }) => code === 'attribute/newer')).toHaveLength(2)
  expect(older.xml).toContain("<backend type='passt'/>")
  const slirp = user("<backend fqdn='h.x'/>")
  expect((await guest(slirp, { release: '12.8' })).codes).toContain('interface/needs-passt')
})

test('an ACPI index is unique', async () => {
  expect((await guest(user("<acpi index='3'/>").repeat(2))).codes).toEqual(['address/acpi-index-in-use'])
})

test('a function is given once, whether as a card or as a host device', async () => {
  const address = "domain='0x0000' bus='0x06' slot='0x12' function='0x1'"
  const both = `<interface type='hostdev'><source><address type='pci' ${address}/></source></interface>
    <hostdev mode='subsystem' type='pci'><source><address ${address}/></source></hostdev>`
  expect((await guest(both)).codes).toEqual(['hostdev/duplicate'])
})

test.each([
  ['vnet1', ''],
  ['macvtap0', ''],
  ['macvlan0', ''],
  ['vif1', 'vif1'],
  ['tap0', 'tap0'],
  ['xvnet1', 'xvnet1'],
])('a name that a driver of QEMU guests gives is dropped: %s', async (dev, kept) => {
  const { xml } = await guest(`<interface type='ethernet'><target dev='${dev}'/></interface>`, { release: '11.3' })
  expect(/<target dev='(\w+)'/.exec(xml ?? '')?.[1] ?? '').toBe(kept)
})
