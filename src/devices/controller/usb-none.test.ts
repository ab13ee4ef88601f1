import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const board = { arch: 's390x', machine: 's390-ccw-virtio', qemu: '11.1.0', abiUpdate: true } as const
const place = "<address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x2'/>"

test('a controller that is none sits nowhere', async () => {
  const { xml, codes } = await guest(`<controller type='usb' index='0' model='none'>${place}</controller>`)
  expect(codes).toEqual([])
  expect(xml).toContain("<controller type='usb' index='0' model='none'/>")
})

test('IBM Z has no USB: a controller without a model is none, since 12.8 wherever it is said to be', async () => {
  const shown = async (inside: string, release: '11.3' | '12.8') =>
    (await guest(`<controller type='usb' index='0'>${inside}</controller>`, { ...board, release })).xml
  const none = "<controller type='usb' index='0' model='none'/>"
  for (const release of ['11.3', '12.8'] as const) expect(await shown('', release)).toContain(none)
  expect(await shown(place, '11.3')).toContain("<controller type='usb' index='0'>\n      <address type='pci'")
  expect(await shown(place, '12.8')).toContain(none)
})

test('where all are none because the machine has no USB, there may be several', async () => {
  const two = "<controller type='usb' index='0'/><controller type='usb' index='1'/>"
  const { xml, codes } = await guest(two, { ...board, release: '11.3' })
  expect(codes).toEqual([])
  expect(xml?.match(/<controller type='usb' index='\d' model='none'\/>/g)).toHaveLength(2)
  const written = "<controller type='usb' index='0' model='none'/><controller type='usb' index='1'/>"
  expect((await guest(written, { ...board, release: '11.3' })).codes).toEqual(['controller/usb-none-and-others'])
})
