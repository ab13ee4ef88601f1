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

test('number and port are one too many, neither is one too few', async () => {
  expect((await guest(usb("device='2' port='1.2'"), { release: '12.8' })).codes).toEqual(['hostdev/usb-address'])
  expect((await guest(usb("device='2' port='1.2'"), { release: '11.3' })).codes).toEqual([])
  expect((await guest(usb(''), { release: '12.8' })).codes).toEqual(['hostdev/usb-address'])
})
