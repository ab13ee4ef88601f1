import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const disk = (driver: string) =>
  `<disk type='file'><driver name='qemu' type='raw' ${driver}</driver><source file='/a'/><target dev='vda'/></disk>`

test.each([
  ['none there', "iothread='1'>", '', ['iothread/unknown']],
  ['one too high', "iothread='3'>", '<iothreads>2</iothreads>', ['iothread/unknown']],
  ['one there', "iothread='2'>", '<iothreads>2</iothreads>', []],
  ['one of a list', "><iothreads><iothread id='9'/></iothreads>", '<iothreads>2</iothreads>', ['iothread/unknown']],
])('an I/O thread of a disk: %s', async (_what, driver, sections, codes) => {
  expect((await guest(disk(driver), { sections })).codes).toEqual(codes)
})
