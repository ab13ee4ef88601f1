import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('a host device is managed where the word is yes, a card of QEMU’s own never', async () => {
  const function_ = `<source><address domain='0x0000' bus='0x06' slot='0x12' function='0x5'/></source>`
  const { xml } = await guest(
    `<hostdev mode='subsystem' type='pci' managed='true'>${function_}</hostdev><interface type='user' managed='yes'/>`,
  )
  expect(xml?.match(/managed='.*?'/g)).toEqual(["managed='no'"])
})
