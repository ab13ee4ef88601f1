import { describe, expect, test } from 'vitest'
import { type GuestOptions, guest } from '../guest.ts'

const q35 = { machine: 'q35', release: '11.3' } as const satisfies GuestOptions
const pc = { machine: 'pc', release: '11.3' } as const satisfies GuestOptions
const power = { arch: 'ppc64', machine: 'pseries', release: '11.3' } as const satisfies GuestOptions

const card = (model: string, address: string) =>
  `<interface type='user'><mac address='52:54:00:00:00:01'/><model type='${model}'/><address ${address}/></interface>`
const sound = (model: string, address: string) => `<sound model='${model}'><address ${address}/></sound>`

/** Where libvirt puts what was given a place that it cannot have; 11.3 and 12.8 were asked each. */
describe('a place is replaced', () => {
  test.each([
    [card('spapr-vlan', "type='usb'"), "type='spapr-vio' reg='0x00001000'"],
    [card('e1000', "type='spapr-vio'"), "type='spapr-vio' reg='0x00001000'"],
    ["<controller type='scsi' model='ibmvscsi'><address type='pci'/></controller>", "reg='0x00002000'"],
    ["<controller type='usb' model='qemu-xhci'><address type='spapr-vio'/></controller>", "reg='0x00002000'"],
    ["<nvram><address type='pci'/></nvram>", "reg='0x00003000'"],
    ["<tpm model='tpm-spapr'><backend type='emulator'/><address type='pci'/></tpm>", "reg='0x00004000'"],
    ["<console type='pty'><address type='usb'/></console>", "reg='0x30000000'"],
  ])('by a register of virtual I/O: %s', async (devices, place) => {
    const { codes, xml } = await guest(devices, power)
    expect(codes).toEqual([])
    expect(xml).toContain(place)
  })

  test.each([
    [q35, "<controller type='sata'><address type='drive'/></controller>", "slot='0x1f' function='0x2'"],
    [pc, "<controller type='usb'><address type='isa'/></controller>", "slot='0x01' function='0x2'"],
  ])('by that of the board: %o %s', async (options, devices, place) => {
    const { codes, xml } = await guest(devices, options)
    expect(codes).toEqual([])
    expect(xml).toContain(place)
  })

  test('a card of USB is given no place on PCI', async () => {
    const { codes, xml } = await guest(card('usb-net', "type='pci'"), q35)
    expect(codes).toEqual([])
    expect(xml).toContain("<address type='pci'/>")
  })

  test('a hub holds the slot that it forgets', async () => {
    const { codes, xml } = await guest(`<hub type='usb'><address type='pci' slot='5'/></hub>`, pc)
    expect(codes).toEqual([])
    expect(xml).toContain("<hub type='usb'/>")
    const elsewhere = await guest(`<hub type='usb'><address type='pci' domain='2' slot='5'/></hub>`, pc)
    expect(elsewhere.codes).toEqual(['address/pci-domain'])
  })
})

describe('a place is refused', () => {
  test.each([
    ["<hub type='usb'><address type='ccw' ssid='3'/></hub>", 'address/ccw-partial'],
    ["<controller type='xenbus'><address type='pci'/></controller>", 'controller/without-device'],
    [sound('sb16', "type='drive'"), 'address/no-scsi-controller'],
    [sound('sb16', "type='virtio-serial'"), 'address/no-virtio-serial-controller'],
    [
      "<console type='pty'/><console type='pty'><target type='virtio'/><address type='pci'/></console>",
      'console/address',
    ],
    [
      "<interface type='hostdev'><mac address='52:54:00:00:00:01'/><source><address type='pci' slot='1'/></source><address type='usb'/></interface>",
      'hostdev/address-type',
    ],
  ])('%s', async (devices, code) => {
    expect((await guest(devices, pc)).codes).toContain(code)
  })

  test('none is asked of what has no device of its own', async () => {
    expect((await guest(sound('pcspk', "type='drive'"), pc)).codes).toEqual([])
    const withBus = "<controller type='virtio-serial'/>"
    expect((await guest(withBus + sound('sb16', "type='virtio-serial'"), pc)).codes).toEqual([])
  })

  test('a card that is a host function and called virtio, on a channel', async () => {
    const source = "<source><address type='pci' slot='1'/></source>"
    const host = (model: string) =>
      `<interface type='hostdev'><mac address='52:54:00:00:00:01'/>${source}${model}</interface>`
    const options = { arch: 's390x', machine: 's390-ccw-virtio', release: '11.3' } as const
    expect((await guest(host("<model type='virtio'/>"), options)).codes).toContain('hostdev/address-type')
    expect((await guest(host(''), options)).codes).not.toContain('hostdev/address-type')
  })
})

test('QEMU calls a dc390 dc-390', async () => {
  const { devices } = await guest("<controller type='scsi' model='dc390'/>", { ...pc, qemu: '10.0.0' })
  expect(devices(/dc-390/)).toHaveLength(1)
})

test('a USB device has vendor and product, or an address alone', async () => {
  const usb = (source: string) => `<hostdev mode='subsystem' type='usb'><source>${source}</source></hostdev>`
  const place = "<address bus='5' device='2'/>"
  expect((await guest(usb(`<vendor id='6'/>${place}`), q35)).codes).toEqual(['hostdev/usb-half-id'])
  expect((await guest(usb("<product id='6'/>"), q35)).codes).toContain('hostdev/usb-half-id')
  expect((await guest(usb(`<vendor id='6'/><product id='6'/>${place}`), q35)).codes).toEqual([])
})
