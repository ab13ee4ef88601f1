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
  [usb("<boot order='1' loadparm=' '/>"), ['boot/loadparm']],
  [
    usb('').replace(' type=', " sgio='filtered' rawio='no' type="),
    ['hostdev/scsi-attribute', 'hostdev/scsi-attribute'],
  ],
  [usb("<teaming type='transient' persistent='ua-x'/>"), ['hostdev/teaming-not-pci']],
  [mdev('vfio-pci', "<teaming type='persistent'/>"), ['hostdev/teaming-not-pci', 'hostdev/teaming']],
])('%s', async (xml, codes) => {
  expect((await guest(xml)).codes).toEqual(codes)
})

test('groups of the host, 0 like any other, have host bridges of their own on POWER', async () => {
  const group = (slot: number, iommuGroup: number) => ({ address: `0001:01:0${slot}.0`, iommuGroup })
  const from = (slot: number) =>
    `<hostdev mode='subsystem' type='pci'><source><address domain='1' bus='1' slot='${slot}'/></source></hostdev>`
  const host = { pci: [group(1, 0), group(2, 1), group(3, 1)] }
  const { xml } = await guest(from(1) + from(2) + from(3), { arch: 'ppc64', machine: 'pseries', host })
  const buses = [...(xml ?? '').matchAll(/<hostdev[\s\S]*?<address type='pci' domain='0x0000' bus='(\w+)'/g)]
  expect(buses.map(([, bus]) => bus)).toEqual(['0x01', '0x02', '0x02'])
})
