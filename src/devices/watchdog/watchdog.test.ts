import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const dog = (model: string, action = 'reset', inner = '') =>
  `<watchdog model='${model}' action='${action}'>${inner}</watchdog>`

test('a dump is a pause for QEMU', async () => {
  const { options } = await guest(dog('i6300esb', 'dump'))
  expect(options('-watchdog-action')).toEqual(['-watchdog-action pause'])
})

test('without an action it resets', async () => {
  const { xml } = await guest("<watchdog model='ib700'/>")
  expect(xml).toContain("<watchdog model='ib700' action='reset'/>")
})

test("Q35's own takes the action of the others", async () => {
  const { xml } = await guest(dog('i6300esb', 'pause'), { machine: 'q35' })
  expect(xml).toContain("<watchdog model='itco' action='pause'/>")
})

test.each([
  [dog('diag288'), 'watchdog/model-not-here'],
  [dog('itco'), 'watchdog/model-not-here'],
  [dog('ib700', 'reset', "<address type='pci' slot='9'/>"), 'watchdog/address'],
  [dog('ib700') + dog('i6300esb', 'pause'), 'watchdog/actions-differ'],
])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('one of the chipset is enough', async () => {
  expect((await guest(dog('itco') + dog('itco'), { machine: 'q35' })).codes).toEqual(['watchdog/several-of-a-model'])
})

test.each([
  ['pc', []],
  ['q35', ['watchdog/model-not-here']],
  ['microvm', ['watchdog/model-not-here']],
])('an ib700 on %s (libvirt 12.8 asked)', async (machine, codes) => {
  const devices = "<controller type='usb' model='none'/><memballoon model='none'/><watchdog model='ib700'/>"
  expect((await guest(devices, { machine, release: '12.8' })).codes).toEqual(codes)
})

test('only those on PCI may be several of a model', async () => {
  expect((await guest(dog('ib700') + dog('ib700'))).codes).toEqual(['watchdog/several-of-a-model'])
  expect((await guest(dog('i6300esb') + dog('i6300esb'))).codes).toEqual([])
})
