import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const shmem = (model: string, rest = '') => `<shmem name='a'><model type='${model}'/>${rest}</shmem>`

test('a size without a unit counts in bytes', async () => {
  const { xml, options } = await guest(shmem('ivshmem-plain', '<size>2097152</size>'))
  expect(xml).toContain("<size unit='M'>2</size>")
  expect(options('-object').at(-1)).toContain('"mem-path":"/dev/shm/a","size":2097152,"share":true')
})

test.each([
  [shmem('ivshmem'), 'shmem/ivshmem'],
  [shmem('ivshmem-plain', "<size unit='M'>3</size>"), 'shmem/size'],
  [shmem('ivshmem-plain', '<server/>'), 'shmem/plain-with-server'],
  [shmem('ivshmem-doorbell'), 'shmem/doorbell-without-server'],
  ["<shmem name='..'><model type='ivshmem-plain'/></shmem>", 'shmem/name'],
  ["<shmem name='a/b'><model type='ivshmem-plain'/></shmem>", 'shmem/name'],
])('%s is refused', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})
