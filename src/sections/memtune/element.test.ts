import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test.each([
  ["<hard_limit unit='KiB'/>", false],
  ["<min_guarantee unit='KiB'>0</min_guarantee>", false],
  ["<soft_limit unit='KiB'>0</soft_limit>", true],
])('a limit without a number, or a guarantee of nothing, is none: %s', async (limit, stays) => {
  const { xml } = await guest('', { sections: `<memtune>${limit}</memtune>` })
  expect(xml?.includes('<memtune>')).toBe(stays)
})
