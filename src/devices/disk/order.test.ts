import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const disk = (dev: string, bus: string) =>
  `<disk type='file'><source file='/${dev}'/><target dev='${dev}' bus='${bus}'/></disk>`

test('disks of one bus stand together, where it is first met, in the order of their names', async () => {
  const disks = [
    disk('vdb', 'virtio'),
    disk('sdc', 'scsi'),
    disk('vda', 'virtio'),
    disk('sda', 'scsi'),
    disk('vdaa', 'virtio'),
  ]
  const { xml } = await guest(disks.join(''))
  const names = [...(xml ?? '').matchAll(/<target dev='(\w+)'/g)].map((it) => it[1])
  expect(names).toEqual(['vda', 'vdb', 'vdaa', 'sda', 'sdc'])
})
