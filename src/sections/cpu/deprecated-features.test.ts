import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const asked = (value: string, options: Parameters<typeof guest>[1]) =>
  guest('', { ...options, sections: `<cpu mode='maximum' deprecated_features='${value}'/>` })
const ibmZ = { arch: 's390x', machine: 's390-ccw-virtio' } as const

test('10.1 does not know deprecated_features and leaves it out', async () => {
  const { xml, warnings } = await asked('off', { release: '10.1' })
  expect(warnings).toEqual(['attribute/newer'])
  expect(xml).not.toContain('deprecated_features')
})

test('11.3 refuses it at a start where QEMU tells of none, 12.8 takes it', async () => {
  const old = await asked('off', { release: '11.3', qemu: '10.0.0' })
  expect(old.codes).toEqual(['cpu/deprecated-features'])
  const { xml, options, codes } = await asked('off', { release: '12.8', qemu: '11.1.0' })
  expect(codes).toEqual([])
  expect(xml).toContain("<cpu mode='maximum' check='none' deprecated_features='off'/>")
  expect(options('-cpu')).toEqual(['-cpu max'])
})

test('IBM Z: on changes nothing, off is not built', async () => {
  expect((await asked('on', { ...ibmZ, release: '11.3', qemu: '10.0.0' })).codes).toEqual([])
  const off = await asked('off', { ...ibmZ, release: '12.8', qemu: '11.1.0' })
  expect(off.codes).toEqual(['cpu/deprecated-features-not-built'])
})
