import { expect, test } from 'vitest'
import { readXml } from '../xml/read.ts'
import { readNetwork, readPort } from './network-xml.ts'
import { networksFrom, portOf } from './networks.ts'
import { readPool } from './pool-xml.ts'
import { poolSecret, storagePoolsFrom } from './pools.ts'
import { XmlReader } from './xml-reader.ts'

function root(xml: string) {
  const document = readXml(xml)
  if (document.root === undefined) throw new Error('not well-formed')
  return document.root
}

function network(xml: string) {
  const reader = new XmlReader()
  const result = readNetwork(root(xml), reader)
  return { network: result, codes: reader.diagnostics.map(({ code, path }) => `${code} ${path}`) }
}

const nat = network("<network><name>n</name><forward/><bridge name='virbr7' macTableManager='libvirt'/></network>")

test('a network with a bridge of its own plugs interfaces into that bridge', () => {
  expect(nat.network.forward).toBe('nat')
  expect(portOf(nat.network).plug).toEqual({ type: 'network', bridge: 'virbr7', macTableManager: 'libvirt' })
  const bridged = network("<network><name>b</name><forward mode='bridge'/><bridge name='br0'/></network>")
  expect(portOf(bridged.network).plug).toEqual({ type: 'bridge', bridge: 'br0' })
})

test('a macvtap network shares out its first device in its own mode', () => {
  const vepa = network(
    "<network><name>v</name><forward mode='vepa'><interface dev='eth1'/><interface dev='eth2'/></forward></network>",
  )
  expect(portOf(vepa.network).plug).toEqual({ type: 'direct', device: 'eth1', mode: 'vepa' })
})

test('a hostdev network shares out its first address, and nothing where only a physical function is named', () => {
  const list = network(`<network><name>h</name><forward mode='hostdev' managed='yes'><driver name='vfio'/>
    <address type='pci' domain='0' bus='3' slot='0x10' function='0x1'/></forward></network>`)
  expect(portOf(list.network).plug).toEqual({
    type: 'hostdev-pci',
    managed: true,
    driver: 'vfio',
    address: { domain: 0, bus: 3, slot: 16, function: 1 },
  })
  const pf = network("<network><name>p</name><forward mode='hostdev'><pf dev='eth0'/></forward></network>")
  expect(pf.network.physicalFunctions).toEqual(['eth0'])
  expect(portOf(pf.network).plug).toBeUndefined()
})

test('settings come from the group that is asked for, or from the default one', () => {
  const { network: ovs, codes } = network(`<network trustGuestRxFilters='no'><name>o</name><forward mode='bridge'/>
    <bridge name='ovs0'/><virtualport type='openvswitch'><parameters interfaceid='i'/></virtualport>
    <vlan><tag id='5'/></vlan>
    <portgroup name='red' default='yes'><virtualport><parameters profileid='p' interfaceid='j'/></virtualport></portgroup>
    <portgroup name='blue' trustGuestRxFilters='yes'><vlan><tag id='7' nativeMode='tagged'/><tag id='8'/></vlan>
      <bandwidth><inbound average='10' floor='2'/></bandwidth></portgroup></network>`)
  expect(codes).toEqual([])
  const port = networksFrom([{ network: ovs }]).find('o')?.port
  expect(port).toMatchObject({ group: 'red', vlan: { trunk: false, tags: [{ id: 5 }] }, trustGuestRxFilters: false })
  expect(port?.virtualPort).toEqual({
    type: 'openvswitch',
    parameters: [
      { name: 'interfaceid', value: 'i' },
      { name: 'profileid', value: 'p' },
    ],
  })
  expect(networksFrom([{ network: ovs }]).find('o', 'blue')?.port).toMatchObject({
    vlan: { trunk: true, tags: [{ id: 7, nativeMode: 'tagged' }, { id: 8 }] },
    bandwidth: { inbound: { average: 10, floor: 2 } },
    trustGuestRxFilters: true,
  })
})

test('a given port stands, whatever the network is', () => {
  const reader = new XmlReader()
  const port = readPort(
    root(`<networkport><group>web</group><rxfilters trustGuest='yes'/><port isolated='yes'/>
      <bandwidth classID='4'><outbound average='1'/></bandwidth>
      <plug type='direct' dev='ens3' mode='bridge'/></networkport>`),
    reader,
  )
  expect(reader.diagnostics).toEqual([])
  expect(port).toMatchObject({ group: 'web', classId: 4, isolated: true, trustGuestRxFilters: true })
  expect(port.plug).toEqual({ type: 'direct', device: 'ens3', mode: 'bridge' })
  expect(networksFrom([{ network: nat.network, port }]).find('n')?.port).toBe(port)
  expect(networksFrom([]).find('n')).toBeUndefined()
})

test('what is wrong is collected with its place', () => {
  const { codes } = network("<network><forward mode='warp'><interface/></forward><mtu size='x'/></network>")
  expect(codes).toEqual([
    'host/bad-xml /network',
    'host/bad-xml /network/forward/interface',
    'host/bad-xml /network/forward',
    'host/bad-xml /network/mtu',
  ])
})

test('a pool tells where its storage is and which secret opens it', () => {
  const reader = new XmlReader()
  const pool = readPool(
    root(`<pool type='iscsi'><name>p</name><source><host name='h' port='3260'/><device path='iqn'/>
      <initiator><iqn name='me'/></initiator>
      <auth type='chap' username='u'><secret usage='s'/></auth></source>
      <target><path>/dev/disk/by-path</path></target></pool>`),
    true,
    reader,
  )
  expect(reader.diagnostics).toEqual([])
  expect(pool).toMatchObject({ hosts: [{ name: 'h', port: 3260 }], devices: ['iqn'], initiator: 'me' })
  expect(pool.targetPath).toBe('/dev/disk/by-path')
  expect(poolSecret(pool)).toEqual({ type: 'iscsi', usage: 's' })
  const pools = storagePoolsFrom([{ pool, volumes: [{ name: 'v', type: 'block', path: '/dev/v' }] }])
  expect(pools.find('p')?.volume('v')?.path).toBe('/dev/v')
  expect([pools.find('p')?.volume('w'), pools.find('q')]).toEqual([undefined, undefined])
})
