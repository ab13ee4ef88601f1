import { expect, test } from 'vitest'
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
