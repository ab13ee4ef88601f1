import { describe, expect, test } from 'vitest'
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

describe('IBM Z', () => {
  const line = async (cpu: string, release: '11.3' | '12.8' = '12.8') => {
    const { options, codes } = await guest('', { ...ibmZ, release, qemu: '10.0.0', sections: cpu })
    expect(codes).toEqual([])
    return options('-cpu')
  }

  test('on changes nothing', async () => {
    expect(await line("<cpu mode='maximum' deprecated_features='on'/>")).toEqual(['-cpu max'])
  })

  test.each([
    ["<cpu mode='maximum' deprecated_features='off'/>", 'max,bpb=off,te=off,cte=off,csske=off'],
    ["<cpu deprecated_features='off'/>", 'qemu,bpb=off,te=off,cte=off,csske=off'],
    ["<cpu deprecated_features='off'><model>z13</model></cpu>", 'z13,bpb=off,te=off,cte=off,csske=off'],
    [
      `<cpu deprecated_features='off'><model>z13</model><feature policy='require' name='bpb'/>
        <feature policy='disable' name='te'/><feature policy='require' name='vx'/></cpu>`,
      'z13,bpb=off,te=off,vx=on,cte=off,csske=off',
    ],
    [
      "<cpu mode='maximum' deprecated_features='off'><feature policy='optional' name='cte'/></cpu>",
      'max,cte=off,bpb=off,te=off,csske=off',
    ],
  ])('%s is without what QEMU calls deprecated', async (cpu, printed) => {
    expect(await line(cpu)).toEqual([`-cpu ${printed}`])
  })

  test('11.3 does not know what an emulating QEMU calls so', async () => {
    expect(await line("<cpu mode='maximum' deprecated_features='off'/>", '11.3')).toEqual(['-cpu max'])
  })
})
