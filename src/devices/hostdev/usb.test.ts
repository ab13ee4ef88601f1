import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const usb = (address: string) =>
  `<hostdev mode='subsystem' type='usb'><source><address bus='1' ${address}/></source></hostdev>`

test('a port of the host names the device, where the release knows it', async () => {
  const { xml, devices } = await guest(usb("port='1.2'"), { release: '12.8', native: true })
  expect(xml).toContain("<address bus='1' port='1.2'/>")
  expect(devices(/usb-host/)[0]).toContain('"hostdevice":"/dev/bus/usb/001/000"')
  expect((await guest(usb("port='1.2'"), { release: '12.8' })).codes).toEqual(['hostdev/usb-port-unresolved'])
  expect((await guest(usb("port='1.2'"), { release: '11.3' })).codes).toEqual(['hostdev/usb-address'])
})

test('no bus has the number 0', async () => {
  const on0 = (ids: string) =>
    `<hostdev mode='subsystem' type='usb'><source>${ids}<address bus='0' port='1.1'/></source></hostdev>`
  const { xml, codes } = await guest(on0("<vendor id='0x3'/><product id='0x7'/>"), { release: '12.8' })
  expect(codes).toEqual([])
  expect(xml).not.toContain("port='1.1'")
})

test('number and port are one too many, neither is one too few', async () => {
  expect((await guest(usb("device='2' port='1.2'"), { release: '12.8' })).codes).toEqual(['hostdev/usb-address'])
  expect((await guest(usb("device='2' port='1.2'"), { release: '11.3' })).codes).toEqual([])
  expect((await guest(usb(''), { release: '12.8' })).codes).toEqual(['hostdev/usb-address'])
})
