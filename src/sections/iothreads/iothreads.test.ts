import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test.each([
  ['<iothreads>100000000</iothreads>', ['iothreads/count']],
  ['<iothreads>4294967295</iothreads>', ['iothreads/count']],
  ['<iothreads>2</iothreads>', []],
])('the number of threads is bounded: %s', async (sections, codes) => {
  expect((await guest('', { sections })).codes).toEqual(codes)
})

test('the weight of polling, since 12.7', async () => {
  const sections = "<iothreadids><iothread id='1'><poll weight='4'/></iothread></iothreadids>"
  const { options } = await guest('', { sections, release: '12.8', qemu: '11.1' })
  expect(options('-object').join()).toContain('"id":"iothread1","poll-weight":4')
  expect((await guest('', { sections, release: '12.8', qemu: '10.0' })).codes).toEqual([
    'iothreads/poll-weight-unsupported',
  ])
  const older = await guest('', { sections, release: '11.3', qemu: '11.1' })
  expect(older.warnings).toEqual(['attribute/newer'])
  expect(older.xml).toContain("<iothread id='1'/>")
})

test.each([
  [63, []],
  [64, ['iothreads/poll-weight-range']],
])('an interval of polling weighs %i (libvirt 12.8 asked)', async (weight, codes) => {
  const sections = `<iothreads>1</iothreads><iothreadids><iothread id='1'><poll weight='${weight}'/></iothread></iothreadids>`
  expect((await guest('', { sections, release: '12.8', qemu: '11.1' })).codes).toEqual(codes)
})
