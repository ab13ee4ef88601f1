import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('a card brings a reader on USB', async () => {
  const { xml, devices } = await guest("<graphics type='spice'/><smartcard mode='passthrough' type='spicevmc'/>")
  expect(xml).toContain("<controller type='ccid' index='0'/>")
  expect(devices(/ccid/)).toEqual([
    '-device {"driver":"usb-ccid","id":"ccid0","bus":"usb.0","port":"1"}',
    '-device {"driver":"ccid-card-passthru","chardev":"charsmartcard0","id":"smartcard0","bus":"ccid0.0"}',
  ])
})

test('a guest has one card, in reader 0', async () => {
  const at = (controller: number) =>
    `<smartcard mode='host'><address type='ccid' controller='${controller}' slot='0'/></smartcard>`
  expect((await guest(at(0))).codes).toEqual([])
  expect((await guest(at(1))).codes).toEqual(['smartcard/several'])
  expect((await guest("<smartcard mode='host'/><smartcard mode='host'/>")).codes).toEqual(['smartcard/several'])
})

test.each([
  ["<smartcard mode='host-certificates'><certificate>a</certificate></smartcard>", 'smartcard/certificates'],
  ["<smartcard mode='passthrough'/>", 'smartcard/passthrough-without-type'],
  ["<smartcard mode='host'><address type='usb' bus='0' port='1'/></smartcard>", 'smartcard/address'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})
