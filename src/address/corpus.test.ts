/** USB, drive, virtio-serial and dimm engines against libvirt's goldens: requests are read off the input, places off the golden. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shared, skippedWithoutShared } from '../../tests/shared.ts'
import { readXml } from '../xml/read.ts'
import { attributeOf, elementsOf, type XmlElement } from '../xml/tree.ts'
import { DRIVE_LAYOUTS, driveAddressOf, driveIndex } from './drive.ts'
import { assignUsb, type UsbRequest } from './usb.ts'
import { USB_CONTROLLER_PORTS } from './usb-controller-ports.ts'
import { assignVirtioSerial, type VirtioSerialRequest } from './virtio-serial.ts'

const skipped = skippedWithoutShared('address engines against the goldens')
const data = join(shared ?? '', 'corpus/qemuxmlconfdata')
const GOLDEN = /\.[a-z0-9_]+-latest\.xml$/
const goldens = skipped ? [] : readdirSync(data).filter((file) => GOLDEN.test(file))

const get = (element: XmlElement | undefined, name: string) => element && attributeOf(element, name)?.value
const child = (element: XmlElement | undefined, name: string) =>
  element && elementsOf(element).find((it) => it.local === name)
const number = (text: string | undefined) => (text === undefined ? undefined : Number(text))
const devicesOf = (file: string): XmlElement[] => {
  const { root } = readXml(readFileSync(join(data, file)))
  const devices = child(root, 'devices')
  return devices === undefined ? [] : elementsOf(devices)
}
const addressOf = (device: XmlElement, type: string) => {
  const address = child(device, 'address')
  return get(address, 'type') === type ? address : undefined
}
const inputOf = (file: string) => devicesOf(file.replace(GOLDEN, '.xml'))

function isUsb(device: XmlElement): boolean {
  switch (device.local) {
    case 'disk':
      return get(child(device, 'target'), 'bus') === 'usb'
    case 'input':
      return get(device, 'bus') === 'usb'
    case 'hostdev':
      return get(device, 'type') === 'usb'
    case 'sound':
      return get(device, 'model') === 'usb'
    case 'serial':
      return get(child(device, 'target'), 'type') === 'usb-serial'
    case 'controller':
      return get(device, 'type') === 'ccid'
    default:
      return device.local === 'hub' || device.local === 'redirdev'
  }
}

describe.skipIf(skipped)('USB ports', () => {
  const cases = goldens.filter((file) => {
    return existsSync(join(data, file.replace('.xml', '.args'))) && devicesOf(file).some(isUsb)
  })
  test('there are some', () => expect(cases.length).toBeGreaterThan(20))

  test.each(cases)('%s', (file) => {
    const devices = devicesOf(file)
    const controllers = devices
      .filter((it) => it.local === 'controller' && get(it, 'type') === 'usb' && get(it, 'model') !== 'none')
      .filter((it) => !get(it, 'model')?.includes('ich9-uhci'))
      .map((it) => {
        const ports = number(get(it, 'ports')) ?? USB_CONTROLLER_PORTS[get(it, 'model') ?? 'piix3-uhci']!
        return { index: Number(get(it, 'index')), ports }
      })
    const requests = devices.filter(isUsb).map((it, n): UsbRequest => {
      const address = addressOf(it, 'usb')
      return { id: `${n}`, isHub: it.local === 'hub', bus: number(get(address, 'bus')), port: get(address, 'port') }
    })
    const { problems, addresses, hubs } = assignUsb(controllers, requests)
    expect(problems).toEqual([])
    const aliases = new Map(
      devices
        .filter((it) => get(it, 'type') === 'usb' && !get(it, 'model')?.includes('ich9-uhci'))
        .map((it) => [Number(get(it, 'index')), get(child(it, 'alias'), 'name')]),
    )
    const places = [...addresses.values(), ...hubs.map((it) => it.address)].map(({ bus, port }) => {
      return `${aliases.get(bus) ?? `usb${bus || ''}`} ${port}`
    })
    const args = readFileSync(join(data, file.replace('.xml', '.args')), 'utf8')
    const matches = args.matchAll(/"bus":"([^"]*)\.0","port":"([\d.]+)"/g)
    const expected = [...matches].map(([, bus, port]) => `${bus} ${port}`)
    expect(places.sort()).toEqual(expected.sort())
  })
})

describe.skipIf(skipped)('drive addresses that follow from target names', () => {
  const drive = (device: XmlElement) => {
    const address = addressOf(device, 'drive')
    const part = (name: string) => Number(get(address, name) ?? 0)
    return address && { controller: part('controller'), bus: part('bus'), target: part('target'), unit: part('unit') }
  }
  const disks = (devices: XmlElement[]) => devices.filter((it) => it.local === 'disk')
  const cases = goldens.filter((file) => disks(devicesOf(file)).some(drive))
  test('there are some', () => expect(cases.length).toBeGreaterThan(200))

  test.each(cases)('%s', (file) => {
    const inputs = new Map(disks(inputOf(file)).map((it) => [get(child(it, 'target'), 'dev'), it]))
    for (const device of disks(devicesOf(file))) {
      const target = child(device, 'target')
      const name = get(target, 'dev')!
      const place = drive(device)
      const input = inputs.get(name)
      if (place === undefined || (input && drive(input))) continue
      const layout = DRIVE_LAYOUTS[get(target, 'bus') as keyof typeof DRIVE_LAYOUTS]
      expect(driveAddressOf(driveIndex(name)!.index, layout)).toEqual(place)
    }
  })
})

describe.skipIf(skipped)('virtio-serial ports', () => {
  const isPort = (device: XmlElement) => device.local === 'channel' && get(child(device, 'target'), 'type') === 'virtio'
  const isController = (device: XmlElement) => get(device, 'type') === 'virtio-serial' && device.local === 'controller'
  const cases = goldens.filter((file) => inputOf(file).some(isPort))
  test('there are some', () => expect(cases.length).toBeGreaterThan(20))

  test.each(cases)('%s', (file) => {
    const input = inputOf(file)
    const controllers = input
      .filter(isController)
      .map((it, n) => ({ index: number(get(it, 'index')) ?? n, ports: number(get(it, 'ports')) }))
    const requests = input.filter(isPort).map((it, n): VirtioSerialRequest => {
      const address = addressOf(it, 'virtio-serial')
      return { id: `${n}`, controller: number(get(address, 'controller')), port: number(get(address, 'port')) }
    })
    const golden = devicesOf(file)
    const { problems, addresses, created } = assignVirtioSerial(controllers, requests)
    expect(problems).toEqual([])
    const expected = golden.filter(isPort).map((it) => {
      const address = addressOf(it, 'virtio-serial')
      return [get(address, 'controller'), get(address, 'bus'), get(address, 'port')].map(Number)
    })
    expect(requests.map(({ id }) => addresses.get(id)!).map((it) => [it.controller, it.bus, it.port])).toEqual(expected)
    const indexes = [...controllers.map((it) => it.index), ...created].sort((a, b) => a - b)
    expect(indexes).toEqual(golden.filter(isController).map((it) => Number(get(it, 'index'))))
  })
})
