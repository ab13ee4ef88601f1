import { expect, test } from 'vitest'
import { assignSpaprVio } from './spapr-vio.ts'

test("each kind from its own first register, around the user's", () => {
  const { addresses, problems } = assignSpaprVio([
    { id: 'scsi0', firstReg: 0x2000 },
    { id: 'scsi1', firstReg: 0x2000, reg: 0x30000000 },
    { id: 'scsi2', firstReg: 0x2000 },
    { id: 'nvram', firstReg: 0x3000 },
    { id: 'serial', firstReg: 0x30000000 },
  ])
  expect(problems).toEqual([])
  expect(Object.fromEntries(addresses)).toEqual({
    scsi0: 0x2000,
    scsi1: 0x30000000,
    scsi2: 0x3000,
    nvram: 0x4000,
    serial: 0x30001000,
  })
})

test('a register in use, and one beyond 32 bits', () => {
  const { problems } = assignSpaprVio([
    { id: 'a', firstReg: 0, reg: 0x4000 },
    { id: 'b', firstReg: 0, reg: 0x4000 },
    { id: 'c', firstReg: 0, reg: 0x100000000 },
  ])
  expect(problems).toMatchObject([
    { code: 'address/spapr-vio-in-use', requests: ['b', 'a'] },
    { code: 'address/spapr-vio-range', requests: ['c'] },
  ])
})

test('no register is left', () => {
  const { problems } = assignSpaprVio([
    { id: 'a', firstReg: 0xfffff000 },
    { id: 'b', firstReg: 0xfffff000 },
  ])
  expect(problems).toMatchObject([{ code: 'address/spapr-vio-exhausted', requests: ['b'] }])
})
