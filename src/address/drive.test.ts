import { expect, test } from 'vitest'
import { DRIVE_LAYOUTS, driveAddressOf, driveIndex } from './drive.ts'

test.each([
  ['sda', 0],
  ['vdz', 25],
  ['sdaa', 26],
  ['sdba', 52],
  ['fdb', 1],
  ['hdd', 3],
  ['xvdaaa', 702],
])('%s is place %i', (name, index) => expect(driveIndex(name)).toEqual({ index, partition: undefined }))

test('a partition is handed back, what is no disk is not', () => {
  expect(driveIndex('sda12')).toEqual({ index: 0, partition: 12 })
  for (const name of ['', 'sd', 'nvme0n1', 'sdA', 'sda1b']) expect(driveIndex(name)).toBeUndefined()
})

test.each([
  ['fdc', 1, '0:0:0:1'],
  ['fdc', 2, '1:0:0:0'],
  ['ide', 2, '0:1:0:0'],
  ['ide', 5, '1:0:0:1'],
  ['sata', 5, '0:0:0:5'],
  ['sata', 6, '1:0:0:0'],
  ['scsi', 6, '0:0:0:6'],
  ['scsi', 7, '1:0:0:0'],
] as const)('%s place %i is %s', (kind, index, place) => {
  const { controller, bus, target, unit } = driveAddressOf(index, DRIVE_LAYOUTS[kind])
  expect(`${controller}:${bus}:${target}:${unit}`).toBe(place)
})
