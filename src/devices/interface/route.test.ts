import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const source = (inner: string) =>
  `<interface type='ethernet'><mac address='52:54:00:00:00:01'/><model type='virtio'/><source>${inner}</source></interface>`

test.each([
  ["<route address='::1' gateway='192.0.2.1'/>", 'interface/route-family'],
  ["<route family='ipv6' address='::' gateway='192.0.2.1'/>", 'interface/route-family'],
  ["<route family='ipv4' address='192.0.2.0' netmask='::5' gateway='192.0.2.1'/>", 'interface/route-family'],
  ["<route address='10.0.0.0' netmask='255.0.0.0' prefix='8' gateway='192.0.2.1'/>", 'interface/route-size'],
  ["<route address='10.0.0.0' prefix='48' gateway='192.0.2.1'/>", 'interface/ip-prefix'],
  ["<route address='10.0.0.1' prefix='8' gateway='192.0.2.1'/>", 'interface/route-network'],
  ["<route address='192.0.2.4' gateway='192.0.2.1'/>", 'interface/route-network'],
  ["<route family='ipv6' address='::1' prefix='48' gateway='::5'/>", 'interface/route-network'],
  ["<ip address='192.0.2.4' prefix='33'/>", 'interface/ip-prefix'],
])('%s is refused', async (inner, code) => {
  expect((await guest(source(inner))).codes).toEqual([code])
})

test.each([
  "<route address='192.0.2.0' prefix='24' gateway='192.0.2.1'/>",
  "<route address='0.0.0.0' gateway='192.0.2.1'/>",
  "<route family='ipv6' address='2001:db8::' prefix='32' gateway='::ffff:192.0.2.1'/>",
  "<ip address='2001:db8::1' prefix='48'/>",
])('%s is a network', async (inner) => {
  expect((await guest(source(inner))).codes).toEqual([])
})

test.each([["<ip address='::1' peer='192.0.2.58'/>", 'interface/ip-peer']])('%s is refused', async (inner, code) => {
  expect((await guest(source(inner))).codes).toEqual([code])
})
