import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const usb = (rest: string) =>
  `<hostdev mode='subsystem' type='usb'><source><vendor id='0x1'/><product id='0x2'/></source>${rest}</hostdev>`
const mdev = (model: string, rest: string) =>
  `<hostdev mode='subsystem' type='mdev' model='${model}'><source><address uuid='9a4b1d2e-0c3f-4e55-8a61-7b2d9e0f1c23'/></source>${rest}</hostdev>`

test.each([
  [usb("<address type='pci' slot='5'/>"), ['hostdev/address-type']],
  [mdev('vfio-pci', "<boot order='1'/>"), ['hostdev/boot']],
  [usb("<boot order='1'/>"), []],
])('%s', async (xml, codes) => {
  expect((await guest(xml)).codes).toEqual(codes)
})
