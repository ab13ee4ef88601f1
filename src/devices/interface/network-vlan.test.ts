import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const network = (vlan: boolean, type?: string) => ({
  networks: {
    find: () => ({
      network: { name: 'n', portGroups: [], devices: [], addresses: [], physicalFunctions: [], ipAddresses: [] },
      port: {
        plug: { type: 'bridge' as const, bridge: 'br0' },
        ...(vlan && { vlan: { trunk: false, tags: [{ id: 2 }] } }),
        ...(type && { virtualPort: { type, parameters: [] } }),
      },
    }),
  },
})

test.each([
  [network(true), ['interface/vlan']],
  [network(true, 'openvswitch'), []],
  [network(false), []],
])('tags that a network hands out need a switch that makes them', async (host, codes) => {
  const { codes: found } = await guest("<interface type='network'><source network='n'/></interface>", {
    host: host as never,
  })
  expect(found).toEqual(codes)
})

test('user networking has one queue, which shows at a start', async () => {
  const { errors } = await guest("<interface type='user'><model type='virtio'/><driver queues='2'/></interface>")
  expect(errors).toMatchObject([{ code: 'interface/queues-type', when: 'start' }])
})

/** Real libvirts 11.3 and 12.8 were asked to define and to start each. */
describe('what only some connections can', () => {
  const card = (type: string, inner: string) => `<interface type='${type}'>${inner}<model type='virtio'/></interface>`
  const address = "<source address='127.0.0.1' port='5558'/>"
  const bridge = "<source bridge='br0'/>"
  const vlan = "<vlan><tag id='4'/></vlan>"
  const found = async (devices: string, release: '10.1' | '11.3' | '12.8') =>
    (await guest(devices, { release })).errors.map(({ code, when }) => `${code} ${when}`)

  test.each(['client', 'server', 'mcast'])('a card of type %s', async (type) => {
    for (const release of ['11.3', '12.8'] as const) {
      expect(await found(card(type, `${address}<script path='/a'/>`), release)).toEqual(['interface/script start'])
      const tap = card(type, `${address}<backend tap='/dev/net/tun'/>`)
      expect(await found(tap, release)).toEqual(['interface/tap-device start'])
      const queues = card(type, `${address}<driver name='vhost' queues='4'/>`)
      expect(await found(queues, release)).toEqual(['interface/queues-type start'])
    }
    expect(await found(card(type, address + vlan), '11.3')).toEqual(['interface/vlan start'])
    expect(await found(card(type, address + vlan), '12.8')).toEqual(['interface/vlan define'])
  })

  test('a bridge of the kernel tags frames since 11.0', async () => {
    expect(await found(card('bridge', bridge + vlan), '10.1')).toEqual(['interface/vlan start'])
    expect(await found(card('bridge', bridge + vlan), '11.3')).toEqual([])
    expect(await found(card('bridge', bridge + vlan), '12.8')).toEqual([])
  })
})
