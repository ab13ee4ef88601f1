import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const redirected = "<graphics type='spice'/><redirdev bus='usb' type='spicevmc'/>"

test('a filter goes along with each device', async () => {
  const filter = (rules: string) => `<redirfilter>${rules}</redirfilter>`
  const { xml, devices } = await guest(
    redirected +
      filter("<usbdev class='8' vendor='0x15e1' version='9.4' allow='yes'/><usbdev version='-1' allow='no'/>"),
  )
  expect(xml).toContain("<usbdev class='0x08' vendor='0x15E1' version='9.40' allow='yes'/>")
  expect(xml).toContain("<usbdev allow='no'/>")
  expect(devices(/usb-redir/)[0]).toContain('"filter":"0x08:0x15E1:-1:0x0940:1|-1:-1:-1:-1:0","bus":"usb.0"')
  expect((await guest(filter('') + filter(''))).codes).toEqual(['redirfilter/several'])
  expect((await guest(filter("<usbdev class='0x102' allow='yes'/>"))).codes).toEqual(['value/invalid'])
  expect((await guest(filter("<usbdev version='1' allow='yes'/>"))).codes).toEqual(['value/invalid'])
})

test('D-Bus has a port for it', async () => {
  const { xml } = await guest("<redirdev type='dbus'/>")
  expect(xml).toMatch(/<redirdev bus='usb' type='dbus'>\s*<source channel='org.qemu.usbredir'\/>/)
})

test('there is no USB, no redirection', async () => {
  expect((await guest(`<controller type='usb' model='none'/>${redirected}`)).codes).toEqual(['address/usb-disabled'])
})
