import { expect, test } from 'vitest'
import { assignDrives, DRIVE_LAYOUTS, driveAddressOf, driveIndex } from './drive.ts'

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

const unit = (n: number, controller = 0) => ({ controller, bus: 0, target: 0, unit: n })

test('given, by name, and the first free unit over controllers', () => {
  const { addresses, problems } = assignDrives([
    { id: 'free', kind: 'scsi', layout: DRIVE_LAYOUTS.scsi },
    { id: 'named', kind: 'scsi', byName: unit(1) },
    { id: 'given', kind: 'scsi', address: unit(0), byName: unit(5) },
    { id: 'other kind', kind: 'sata', byName: unit(0) },
    ...[3, 4, 5, 6].map((n) => ({ id: `${n}`, kind: 'scsi', byName: unit(n) })),
    { id: 'next', kind: 'scsi', layout: DRIVE_LAYOUTS.scsi },
  ])
  expect(problems).toEqual([])
  expect(addresses.get('given')).toEqual(unit(0))
  expect(addresses.get('free')).toEqual(unit(2))
  expect(addresses.get('next')).toEqual(unit(0, 1))
})

test('one place twice is refused, whoever came by its name', () => {
  const { problems } = assignDrives([
    { id: 'named', kind: 'scsi', byName: unit(0) },
    { id: 'given', kind: 'scsi', address: unit(0) },
  ])
  expect(problems).toMatchObject([{ code: 'address/drive-in-use', requests: ['named', 'given'] }])
})
