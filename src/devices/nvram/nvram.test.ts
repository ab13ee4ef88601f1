import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('its register: given, or the first free one', async () => {
  const power = { arch: 'ppc64', machine: 'pseries' } as const
  const given = await guest("<nvram><address type='spapr-vio' reg='0x4000'/></nvram>", power)
  expect(given.options('-global')).toContain('-global spapr-nvram.reg=0x4000')
  expect((await guest('<nvram/>', power)).options('-global')).toContain('-global spapr-nvram.reg=0x3000')
})

test('a PC has none', async () => {
  expect((await guest('<nvram/>')).codes).toEqual(['nvram/machine'])
})

test('there is one', async () => {
  const at = (reg: string) => `<nvram><address type='spapr-vio' reg='${reg}'/></nvram>`
  const { codes } = await guest(at('0x4000') + at('0x5000'), { arch: 'ppc64', machine: 'pseries' })
  expect(codes).toContain('nvram/several')
})
