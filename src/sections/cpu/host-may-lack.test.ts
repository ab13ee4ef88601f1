import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

/** What QEMU says of the host inside a virtual machine may lack what its processor has (libvirt 11.3 and 12.8, asked there). */
const lean = { model: 'base', migratability: true, properties: [{ name: 'lm', type: 'boolean', value: true }] } as const

const asked = (cpu: { model?: string } | undefined) =>
  guest('', {
    type: 'kvm',
    release: '12.8',
    qemu: '10.0.0',
    sections: "<cpu><model>Haswell-noTSX</model><feature policy='disable' name='avx2'/></cpu>",
    capabilities: { recordedOn: 'host', hostCpu: { kvm: lean } },
    host: { cpu: cpu && { arch: 'x86_64', sockets: 1, cores: 1, threads: 1, features: [], ...cpu } },
  })

test('where nobody described the processor, a lack is no more than a warning', async () => {
  const { codes, warnings, options } = await asked({})
  expect({ codes, warnings }).toEqual({ codes: [], warnings: ['cpu/host-may-lack'] })
  expect(options('-cpu')).toEqual(['-cpu Haswell-noTSX,avx2=off'])
})

test('a described processor has what it has', async () => {
  expect((await asked({ model: 'Penryn' })).codes).toEqual(['cpu/host-incompatible'])
  expect((await asked({ model: 'Haswell-noTSX' })).codes).toEqual([])
})
