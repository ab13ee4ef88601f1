import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const usb = (model: string, startport?: number) =>
  `<controller type='usb' index='0' model='${model}'>${startport === undefined ? '' : `<master startport='${startport}'/>`}</controller>`

test.each([
  [usb('ich9-ehci1') + usb('ich9-uhci1', 0), ['pcie.0 0x1d.0x7', 'pcie.0 0x1d']],
  [usb('ich9-ehci1') + usb('ich9-uhci2', 2), ['pci.2 0x1.0x7', 'pci.2 0x1.0x1']],
  [usb('ich9-ehci1'), ['pci.2 0x1.0x7']],
])('the set goes to the chipset with its first companion only: %s', async (devices, places) => {
  const found = (await guest(devices, { machine: 'q35' })).devices(/"ich9-usb/)
  expect(found.map((line) => `${/"bus":"(.*?)"/.exec(line)?.[1]} ${/"addr":"(.*?)"/.exec(line)?.[1]}`)).toEqual(places)
})
