import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const card = (model: string) =>
  `<interface type='user'><mac address='52:54:00:00:00:10'/><model type='${model}'/></interface>`
const controllersBeside = (xml: string | undefined) => /pcie-to-pci-bridge/.test(xml ?? '')

// Each as libvirt 11.3 and 12.8 answered it.
test.each([
  ['e1000', true],
  ['vmxnet3', true],
  ['82540em', true],
  ['igb', false],
  ['pcnet', false],
  ['no-such-card', false],
] as const)('a card of model %s is a conventional PCI device: %s', async (model, isConventional) => {
  const { xml, codes } = await guest(card(model), { machine: 'q35' })
  expect(codes).toEqual([])
  expect(controllersBeside(xml)).toBe(isConventional)
})

test.each([
  ['11.3', true],
  ['12.8', false],
] as const)('libvirt %s takes the card of a board for a PCI card: %s', async (release, isCard) => {
  const { xml, devices } = await guest(card('lan9118'), { machine: 'q35', release })
  expect(controllersBeside(xml)).toBe(isCard)
  expect(devices(/lan9118/)).toHaveLength(1)
})

test.each([
  ['virt', 'e1000', false],
  ['virt', 'spapr-vlan', true],
  ['vexpress-a9', 'e1000', true],
] as const)('on the ARM board %s a card of model %s is soldered: %s', async (machine, model, isSoldered) => {
  const { options, codes } = await guest(card(model), { arch: 'aarch64', machine, release: '11.3', qemu: '10.0.0' })
  expect(codes).toEqual([])
  expect(options('-net')).toHaveLength(isSoldered ? 1 : 0)
})
