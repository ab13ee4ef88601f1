import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const agent = "<target type='virtio' name='org.qemu.guest_agent.0'/>"

describe('a channel on a UNIX socket', () => {
  test('gets its path at the start', async () => {
    const { xml, options } = await guest(`<channel type='unix'>${agent}</channel>`)
    expect(xml).not.toContain('<source')
    expect(options('-chardev').at(-1)).toBe(
      '-chardev socket,id=charchannel0,path=/run/libvirt/qemu/channel/-1-guest/org.qemu.guest_agent.0,server=on,wait=off',
    )
  })

  test.each([
    ['/run/libvirt/qemu/channel/7-web/org.qemu.guest_agent.0', false],
    ['/var/lib/libvirt/qemu/channel/target/domain-web/org.qemu.guest_agent.0', false],
    ['/var/lib/libvirt/qemu/channel/target/web.org.qemu.guest_agent.0', false],
    ['/var/lib/libvirt/qemu/channel/target/web/org.qemu.guest_agent.0', true],
    ['/tmp/7-web/org.qemu.guest_agent.0', true],
    ['/run/libvirt/qemu/channel/7-web/other', true],
  ])('%s: kept %s', async (path, kept) => {
    const { xml } = await guest(`<channel type='unix'><source mode='bind' path='${path}'/>${agent}</channel>`)
    expect(xml?.includes(path)).toBe(kept)
  })
})

test("SPICE's own channel has a name by itself, no other has", async () => {
  const channel = (type: string) => `<channel type='${type}'><target type='virtio'/></channel>`
  const { devices, options } = await guest(
    "<graphics type='spice'/>" + channel('spicevmc') + channel('qemu-vdagent') + channel('pty'),
  )
  expect(devices(/virtserialport/).map((line) => /"name":"[^"]*"/.exec(line)?.[0])).toEqual([
    '"name":"com.redhat.spice.0"',
    undefined,
    undefined,
  ])
  expect(options('-chardev')[1]).toBe('-chardev spicevmc,id=charchannel0,name=vdagent')
})

test('an address of user networking, also where QEMU takes no JSON', async () => {
  const xml = "<channel type='pty'><target type='guestfwd' address='10.0.2.1' port='46'/></channel>"
  expect((await guest(xml)).options('-netdev')[0]).toContain(
    '"guestfwd":[{"str":"tcp:10.0.2.1:46-chardev:charchannel0"}]',
  )
  const old = await guest(xml, { capabilities: { remove: ['netdev.json'] } })
  expect(old.options('-netdev')).toEqual(['-netdev user,guestfwd=tcp:10.0.2.1:46-chardev:charchannel0,id=channel0'])
})

test.each([
  ["<channel type='pty'/>", 'channel/missing-target'],
  ["<channel type='pty'><target type='xen' name='a'/></channel>", 'channel/xen'],
  ["<channel type='pty'><target type='guestfwd' address='fe80::1' port='4'/></channel>", 'channel/guestfwd-address'],
  ["<channel type='spicevmc'><target type='guestfwd' address='10.0.2.1' port='4'/></channel>", 'chardev/spicevmc'],
  [
    "<graphics type='spice'/><channel type='spicevmc'><target type='virtio' name='a'/></channel>",
    'channel/spicevmc-name',
  ],
  ["<channel type='spicevmc'><target type='virtio'/></channel>", 'chardev/without-spice'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('ports of a full controller go on in another', async () => {
  const many = Array.from(
    { length: 31 },
    (_, index) => `<channel type='pty'><target type='virtio' name='n${index}'/></channel>`,
  )
  const { xml } = await guest(many.join(''))
  expect(xml).toContain("<address type='virtio-serial' controller='0' bus='0' port='30'/>")
  expect(xml).toContain("<address type='virtio-serial' controller='1' bus='0' port='1'/>")
})
