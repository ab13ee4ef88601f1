import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

test.each([
  ["<rng model='virtio'><backend model='random'>/a</backend>", 'rng', /id":"(ua-x|rng\d)/],
  ["<filesystem><source dir='/a'/><target dir='a'/>", 'filesystem', /"id":"(ua-x|fs\d)/],
  ["<crypto model='virtio' type='qemu'><backend model='builtin'/>", 'crypto', /"id":"(ua-x|crypto\d)/],
])('%s: those that the user named do not count', async (start, name, id) => {
  const { devices } = await guest(`${start}<alias name='ua-x'/></${name}>${start}</${name}>`)
  const ids = devices(/virtio-(rng|9p|crypto)/).map((line) => id.exec(line)?.[1])
  expect(ids).toEqual(['ua-x', name === 'filesystem' ? 'fs0' : `${name}0`])
})

test('serial ports and consoles are numbered by their place', async () => {
  const { devices } = await guest("<serial type='pty'><alias name='ua-x'/></serial><serial type='pty'/>")
  expect(devices(/isa-serial/).map((line) => /"id":"([\w-]+)"/.exec(line)?.[1])).toEqual(['ua-x', 'serial1'])
})

test('shared memories are numbered by their place, too (oracle: 11.3, 12.8)', async () => {
  const shmem = (name: string, rest: string) => `<shmem name='${name}'><model type='ivshmem-plain'/>${rest}</shmem>`
  const { devices } = await guest(shmem('a', "<alias name='ua-x'/>") + shmem('b', ''))
  expect(devices(/ivshmem/).map((line) => /"id":"([\w-]+)"/.exec(line)?.[1])).toEqual(['ua-x', 'shmem1'])
})
