import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('an SD card is in the slot that its name counts', async () => {
  const card = (dev: string) => `<disk type='file'><source file='/${dev}'/><target dev='${dev}' bus='sd'/></disk>`
  const { options } = await guest(card('sdb') + card('sda'), { arch: 'aarch64', machine: 'virt' })
  expect(options('-drive')).toEqual([
    '-drive file=/sda,format=raw,if=sd,index=0',
    '-drive file=/sdb,format=raw,if=sd,index=1',
  ])
})
