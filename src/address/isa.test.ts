import { expect, test } from 'vitest'
import { checkIsa } from './isa.ts'

test('one I/O base twice is warned about; addresses without one never clash', () => {
  const problems = checkIsa([{ id: 'a', iobase: 0x3f8 }, { id: 'b', iobase: 0x3f8 }, { id: 'c' }, { id: 'd', irq: 4 }])
  expect(problems).toMatchObject([{ code: 'address/isa-iobase-in-use', severity: 'warning', requests: ['b', 'a'] }])
})
