import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import type { Conversion } from '../../conversion.ts'

const arm = (features: string) =>
  guest('', {
    arch: 'aarch64',
    machine: 'virt',
    type: 'kvm',
    sections: `<cpu mode='host-passthrough'>${features}</cpu>`,
  })

const errorsOf = ({ diagnostics }: Conversion) => diagnostics.filter(({ severity }) => severity === 'error')

test('vector lengths ask for sve', async () => {
  const { lines, xml } = await arm("<feature policy='require' name='sve256'/><feature policy='disable' name='sve384'/>")
  expect(lines).toContain('-cpu host,sve256=on,sve384=off,sve=on')
  expect(xml).toContain("<feature policy='require' name='sve'/>")
})

test('vector lengths of an sve that is off are refused', async () => {
  const { conversion } = await arm("<feature policy='disable' name='sve'/><feature policy='require' name='sve256'/>")
  expect(errorsOf(conversion).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'cpu/sve-disabled /domain/cpu/feature[2]/@name',
  ])
})

test('a feature that Arm has not is refused at a start', async () => {
  const { conversion } = await arm("<feature policy='disable' name='vmx'/>")
  expect(errorsOf(conversion)).toMatchObject([{ code: 'cpu/unknown-feature', when: 'start' }])
  expect(conversion.xml).toBeDefined()
})
