import { expect, test } from 'vitest'
import { assignVirtioMmio, virtioTransport } from './virtio-mmio.ts'

test.each([
  [{ hasPci: true, hasMmio: true, someGivenMmio: false }, 'pci'],
  [{ hasPci: true, hasMmio: true, someGivenMmio: true }, 'virtio-mmio'],
  [{ hasPci: false, hasMmio: true, someGivenMmio: false }, 'virtio-mmio'],
  [{ hasPci: true, hasMmio: false, someGivenMmio: true }, 'pci'],
  [{ hasPci: false, hasMmio: false, someGivenMmio: false }, undefined],
])('%o → %s', (machine, transport) => {
  expect(virtioTransport(machine)).toBe(transport)
})

test('more devices than transports', () => {
  const { addresses, problems } = assignVirtioMmio(1, [{ id: 'a' }, { id: 'b' }])
  expect([...addresses.keys()]).toEqual(['a'])
  expect(problems).toMatchObject([{ code: 'address/virtio-mmio-exhausted', requests: ['b'] }])
})
