import { expect, test } from 'vitest'
import { guest } from '../../tests/guest.ts'

const rng = (rest = '') => `<rng model='virtio'><backend model='random'/>${rest}</rng>`
const virt = { arch: 'aarch64', machine: 'virt' } as const

test('one device on virtio-mmio takes all others along', async () => {
  const mmio = "<address type='virtio-mmio'/>"
  expect((await guest(rng() + rng(), virt)).xml).not.toContain(mmio)
  const { xml, devices } = await guest(rng() + rng(mmio), virt)
  expect(xml?.split(mmio)).toHaveLength(3)
  expect(devices(/rng0/)).toEqual(['-device {"driver":"virtio-rng-device","rng":"objrng0","id":"rng0"}'])
})

test('the machine has 32 transports', async () => {
  const { codes } = await guest(rng("<address type='virtio-mmio'/>").repeat(33), virt)
  expect(codes).toEqual(['address/virtio-mmio-exhausted'])
})
