import { expect, test } from 'vitest'
import { flags } from './flags.ts'
import { isRetired } from './retired.ts'

test.each(['drive-format', 'name-guest', 'memory-backend-file.align', 'vnc-multi-servers', 'vfio-pci.display'])(
  '%s is a name that libvirt knows, and no line depends on',
  (name) => expect(isRetired(name)).toBe(true),
)

// As libvirt 11.3 answered: a piece of a name is none.
test.each(['format', 'guest', 'backend-file.align', 'drive-', 'memory-'])('%s is no name', (name) =>
  expect(isRetired(name)).toBe(false),
)

test('what a line depends on is not retired', () => {
  expect(flags.filter((flag) => isRetired(flag))).toEqual([])
})
