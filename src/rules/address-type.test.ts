import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const balloon = (address: string) => `<memballoon model='virtio'><address ${address}/></memballoon>`

describe('where a device sits', () => {
  test.each([
    [balloon("type='unassigned'"), 'address/unassigned'],
    [balloon("type='ccw'"), 'address/ccw-unsupported'],
    [balloon("type='usb'"), 'address/virtio-type'],
    [balloon("type='isa'"), 'address/virtio-type'],
    [balloon("type='spapr-vio'"), 'address/virtio-type'],
    ["<redirdev bus='usb' type='pty'><address type='drive'/></redirdev>", 'redirdev/address'],
    ["<memory model='dimm'><target><size>1</size></target><address type='dimm'/></memory>", 'attribute/missing'],
  ])('%s is refused', async (xml, code) => {
    expect((await guest(xml)).codes).toContain(code)
  })

  test('a place without a number is number 0', async () => {
    const { xml } = await guest("<smartcard mode='host'><address type='ccid'/></smartcard>")
    expect(xml).toContain("<address type='ccid' controller='0' slot='0'/>")
    const card =
      "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='e1000'/><address type='usb'/></interface>"
    expect((await guest(card)).xml).toContain("<address type='usb' bus='0'/>")
  })

  test('port 0 of USB and of virtio-serial is one that is still to be chosen', async () => {
    const tablet = await guest("<input type='tablet' bus='usb'><address type='usb' bus='0' port='0'/></input>", {
      abiUpdate: true,
    })
    expect(tablet.xml).toContain("<address type='usb' bus='0' port='1'/>")
    const channel = await guest(
      "<channel type='pty'><target type='virtio' name='a'/><address type='virtio-serial' port='0'/></channel>",
    )
    expect(channel.xml).toContain("<address type='virtio-serial' controller='0' bus='0' port='1'/>")
  })

  test('a register is read in hexadecimal', async () => {
    const { xml } = await guest("<vsock model='virtio'><address type='spapr-vio' reg='10'/></vsock>")
    expect(xml).toContain("<address type='spapr-vio' reg='0x00000010'/>")
  })

  test('a hub forgets an address that is none of USB', async () => {
    const { xml } = await guest("<hub type='usb'><address type='isa'/></hub>", { abiUpdate: true })
    expect(xml).toMatch(/<hub type='usb'>\s*<address type='usb' bus='0' port='1'\/>/)
  })
})

test('a port of the ISA bus is printed where the address says nothing of it; a parallel port has none', async () => {
  const { devices } = await guest("<video><model type='vga'/><address type='isa'/></video>")
  expect(devices(/VGA/).join()).toContain('"iobase":0')
  const parallel = await guest("<parallel type='pty'><address type='isa' iobase='0x378'/></parallel>")
  expect(parallel.devices(/VGA/).join()).not.toContain('iobase')
})

test('empty sections and parts are not printed', async () => {
  const card = "<interface type='user'><mac address='52:54:00:00:00:01'/><rom/><bandwidth/><port/></interface>"
  const { xml } = await guest(card, { sections: '<blkiotune><device><path>/a</path></device></blkiotune>' })
  expect(xml).not.toMatch(/<(rom|bandwidth|port|blkiotune)\b/)
})

test.each([
  [
    "<hostdev mode='subsystem' type='mdev' model='vfio-ap'><source><address uuid='c7a5fdbd-edaf-9455-926a-d65c16db1809'/></source></hostdev>",
    'hostdev/mdev-unsupported',
  ],
  ["<video><model type='vga'/><driver packed='on'/></video>", 'video/virtio-only'],
  ["<video><model type='virtio'><acceleration/></model></video>", 'video/empty-acceleration'],
  ["<lease><key>a</key><target path='/x'/></lease>", 'lease/missing-lockspace'],
  ["<watchdog model='ib700'/>", 'watchdog/model-not-here'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml, { machine: 'q35' })).codes).toContain(code)
})

test.each([
  ['<cpu><numa/></cpu>', 'numa/no-cells'],
  ["<keywrap><cipher name='aes' state='on'/></keywrap>", 'keywrap/machine'],
  ["<clock offset='utc'><timer name='rtc'><catchup limit='1'/></timer></clock>", 'clock/catchup-policy'],
])('%s is refused', async (sections, code) => {
  expect((await guest('', { sections })).codes).toContain(code)
})
