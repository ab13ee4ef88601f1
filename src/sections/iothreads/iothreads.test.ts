import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test.each([
  ['<iothreads>100000000</iothreads>', ['iothreads/count']],
  ['<iothreads>4294967295</iothreads>', ['iothreads/count']],
  ['<iothreads>2</iothreads>', []],
])('the number of threads is bounded: %s', async (sections, codes) => {
  expect((await guest('', { sections })).codes).toEqual(codes)
})
