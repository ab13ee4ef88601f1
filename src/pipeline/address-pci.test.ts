import { describe, expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const rng = (address: string) => `<rng model='virtio'><backend model='random'>/dev/random</backend>${address}</rng>`
const noBalloon = "<memballoon model='none'/>"
const placesOf = (xml: string | undefined, element: string) =>
  [...(xml ?? '').matchAll(new RegExp(`<${element}.*?</${element}>`, 'gs'))].map(
    ([text]) => /<address type='pci'([^>]*?)\/?>/.exec(text)?.[1]?.trim() ?? '',
  )

describe('an address that names no place', () => {
  test('is filled, and what it says of further functions is forgotten', async () => {
    const { xml, codes } = await guest(noBalloon + rng("<address type='pci' multifunction='on'/>"))
    expect(codes).toEqual([])
    expect(placesOf(xml, 'rng')).toEqual(["domain='0x0000' bus='0x00' slot='0x02' function='0x0'"])
  })

  test('stays as it is on a device that is not on PCI, less its zeros', async () => {
    const { xml } = await guest("<sound model='usb'><address type='pci' slot='0' function='3'/></sound>")
    expect(placesOf(xml, 'sound')).toEqual([''])
  })
})

describe('a PCI place of a device that is not on PCI', () => {
  const audio = (address: string) => `<sound model='usb'><address type='pci' ${address}/></sound>`

  test('is taken', async () => {
    const { xml } = await guest(noBalloon + audio("slot='2'") + rng(''))
    expect(placesOf(xml, 'rng')).toEqual(["domain='0x0000' bus='0x00' slot='0x03' function='0x0'"])
  })

  test.each([
    ["domain='1' slot='5'", 'address/pci-domain'],
    ["bus='1' slot='0'", 'address/pci-slot-not-on-bus'],
  ])('%s is refused', async (place, code) => {
    expect((await guest(audio(place))).codes).toContain(code)
  })
})

test.each([
  ['rng', rng("<address type='pci'/>")],
  ['video', "<video><model type='virtio'/><address type='pci'/></video>"],
  ['filesystem', "<filesystem><source dir='/d'/><target dir='t'/><address type='pci'/></filesystem>"],
])('%s of IBM Z with an address of type pci sits on PCI', async (element, device) => {
  const { xml } = await guest(device, { arch: 's390x', machine: 's390-ccw-virtio' })
  expect(placesOf(xml, element)).toEqual(["domain='0x0000' bus='0x00' slot='0x01' function='0x0'"])
})

test('numbers of zPCI are of IBM Z alone, whatever the device', async () => {
  const numbered = "<sound model='usb'><address type='pci'><zpci uid='7'/></address></sound>"
  expect((await guest(numbered)).codes).toEqual(['address/zpci-unsupported'])
})

test('a USB device with a PCI place needs USB, too', async () => {
  const off = "<controller type='usb' model='none'/>"
  const { codes } = await guest(`${off}<sound model='usb'><address type='pci' slot='5'/></sound>`)
  expect(codes).toContain('address/usb-disabled')
})

test('a mediated device of IBM Z has numbers of zPCI, and no zpci device', async () => {
  const mdev = `<hostdev mode='subsystem' type='mdev' model='vfio-pci'>
    <source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8e80'/></source></hostdev>`
  const { xml, devices } = await guest(mdev, { arch: 's390x', machine: 's390-ccw-virtio' })
  expect(xml).toContain("<zpci uid='0x0001' fid='0x00000000'/>")
  expect(devices(/vfio-pci/)).toHaveLength(1)
  expect(devices(/zpci/)).toEqual([])
})
