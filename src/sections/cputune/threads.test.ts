import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test.each([
  ["<iothreadpin iothread='2' cpuset='0'/>", []],
  ["<iothreadpin iothread='3' cpuset='0'/>", ['cputune/no-such-iothread']],
  ["<iothreadsched iothreads='1-2' scheduler='batch'/>", []],
  ["<iothreadsched iothreads='0' scheduler='batch'/>", ['cputune/no-such-iothread']],
  ["<iothreadsched iothreads='2-3' scheduler='batch'/>", ['cputune/no-such-iothread']],
])('a guest of two I/O threads with %s', async (tuning, codes) => {
  const sections = `<iothreads>2</iothreads><cputune>${tuning}</cputune>`
  expect((await guest('', { sections })).codes).toEqual(codes)
})
