import { expect, test } from 'vitest'
import { guest } from '../guest.ts'

const cards = `<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
  <interface type='network'><source network='nobody-knows'/><mac address='52:54:00:00:00:02'/><model type='e1000'/>
    <mtu size='1400'/><boot order='1'/></interface>`

test('every card is an open tap with its model and MAC, and the definition stays', async () => {
  const { options, xml, devices, codes } = await guest(cards, { native: true })
  expect(codes).toEqual([])
  expect(options('-netdev').map((line) => line.replace(/"fd":"\d+"/, '"fd":"N"'))).toEqual([
    '-netdev {"type":"tap","fd":"N","id":"hostnet0"}',
    '-netdev {"type":"tap","fd":"N","id":"hostnet1"}',
  ])
  expect(devices(/virtio-net|e1000/).join()).toMatch(/00:01.*00:02/)
  expect(devices(/e1000/)[0]).not.toMatch(/host_mtu|bootindex/)
  expect(xml).toContain("<source network='nobody-knows'/>")
})

test('an emulated TPM has nobody to talk to', async () => {
  const tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
  expect((await guest(tpm, { native: true })).options('-chardev')).toContain('-chardev null,id=chrtpm')
  expect((await guest(tpm)).options('-chardev').join()).toContain('swtpm.sock')
})
