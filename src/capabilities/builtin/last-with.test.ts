import { expect, test } from 'vitest'
import { lastQemuWith } from './last-with.ts'

test('a machine type that is gone has a last QEMU, and what is none has not, whatever it is called', () => {
  expect(lastQemuWith('aarch64', 'virt-2.6')).toMatch(/^\d+\.\d/)
  for (const name of ['virt', '', 'constructor', 'toString', '__proto__']) {
    expect(lastQemuWith('aarch64', name)).toBeUndefined()
  }
})
