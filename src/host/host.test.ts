import { expect, expectTypeOf, test } from 'vitest'
import type { HostFacts } from './facts.ts'
import { genericHost } from './generic.ts'
import { emulatorOf } from './host.ts'
import { seededRandom } from './random.ts'
import { resourcesFrom } from './resources.ts'
import { describeSecret, sealWith } from './secrets.ts'

test('facts are typed field by field', () => {
  expectTypeOf<HostFacts['config']['vncListen']>().toEqualTypeOf<string>()
  expectTypeOf<HostFacts['config']['seccompSandbox']>().toEqualTypeOf<-1 | 0 | 1>()
  expectTypeOf<HostFacts['cpu']>().extract<undefined>().toEqualTypeOf<undefined>()
  expectTypeOf<HostFacts['pci'][number]['physicalFunction']>().toEqualTypeOf<string | undefined>()
})

test('the generic host hands out no descriptors and knows no secret', () => {
  const host = genericHost('x86_64')
  expect(host.resources.taps('bridge', 2)).toBeUndefined()
  expect(host.resources.tpm()).toBeUndefined()
  expect(host.secrets.find({ type: 'ceph', usage: 'a' })).toBeUndefined()
  expect(host.secrets.seal('x')).toBeUndefined()
  expect(genericHost('ppc64le').pageSizeBytes).toBe(65_536)
})

test('an emulator is the host’s, else the target of that architecture', () => {
  expect(emulatorOf({ emulators: { x86_64: '/opt/qemu' } }, 'x86_64')).toBe('/opt/qemu')
  expect(emulatorOf({ emulators: {} }, 'i686')).toBe('/usr/bin/qemu-system-i386')
  expect(emulatorOf({ emulators: {} }, 's390x')).toBe('/usr/bin/qemu-system-s390x')
})

test('descriptors count up one a queue and start again for each question', () => {
  const resources = resourcesFrom({ bridgeTap: 102, vhostNet: 44, vdpa: 9, vdpaByPath: { '/dev/v': 7 }, tpm: 1 })
  expect(resources.taps('bridge', 3)).toEqual([102, 103, 104])
  expect(resources.taps('bridge', 1)).toEqual([102])
  expect(resources.taps('ethernet', 1)).toBeUndefined()
  expect(resources.vhostNet(2, true)).toEqual([44, 45])
  expect([resources.vdpa('/dev/v'), resources.vdpa('/dev/w')]).toEqual([7, 9])
  expect(resources.tpm()).toBeUndefined()
})

test('random values depend on seed and purpose alone', () => {
  const random = seededRandom('a')
  expect(random.bytes(6, 'mac 1')).toEqual(seededRandom('a').bytes(6, 'mac 1'))
  expect(random.bytes(6, 'mac 1')).not.toEqual(random.bytes(6, 'mac 2'))
  expect(random.bytes(6, 'mac 1')).not.toEqual(seededRandom('b').bytes(6, 'mac 1'))
  expect(random.bits64('id')).toBeLessThan(2n ** 64n)
  expect(random.bits64('id')).not.toBe(random.bits64('other'))
})

test('a secret is sealed under the key and named without its value', () => {
  const seal = sealWith({ key: new Uint8Array(32), iv: new Uint8Array(16) })
  expect(seal('é')).toEqual(seal(new TextEncoder().encode('é')))
  expect(seal('')).toEqual({ data: 'H3iP5thsMXVJaX+/DAf6Qw==', iv: 'AAAAAAAAAAAAAAAAAAAAAA==' })
  expect(describeSecret({ type: 'ceph', usage: 'client.admin' })).toBe('secret of type ceph with usage client.admin')
})
