import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

// Each line as libvirt 11.3 and 12.8 answered it.
test.each([
  ["<interface><source network='default'/></interface>", "<interface type='user'>"],
  ["<interface type='bridge'><source bridge=''/></interface>", "<source bridge=''/>"],
  ["<interface type='direct'><source dev='' mode='bridge'/></interface>", "<source dev='' mode='bridge'/>"],
])('%s is read', async (given, printed) => {
  expect((await guest(given)).xml).toContain(printed)
})

test.each([
  "<interface type='bridge'><source/></interface>",
  "<interface type='bridge'/>",
  "<interface type='direct'><source mode='bridge'/></interface>",
])('%s is not', async (given) => {
  expect((await guest(given)).codes).toContain('interface/missing-source')
})

test('a card of POWER has a register', async () => {
  const given = "<interface type='user'><model type='spapr-vlan'/></interface>"
  const { xml, devices } = await guest(given, { arch: 'ppc64', machine: 'pseries' })
  expect(xml).toContain("<address type='spapr-vio' reg='0x00001000'/>")
  expect(devices(/spapr-vlan/)[0]).toContain('"reg":4096')
})

test('rss stands before the MTU', async () => {
  const given = "<interface type='ethernet'><model type='virtio'/><driver rss='on'/><mtu size='1400'/></interface>"
  expect((await guest(given)).devices(/net0/)[0]).toContain('"rss":true,"host_mtu":1400')
})

test.each(["<link state=''/>", '<link/>'])('%s says nothing', async (link) => {
  const { codes, xml } = await guest(`<interface type='user'>${link}</interface>`)
  expect(codes).toEqual([])
  expect(xml).not.toContain('<link')
})
