import { expect, test } from 'vitest'
import { featureFlags, pciVfTokenFeature } from './feature.ts'
import { cardHost, hostAfter, pf, plain, tokenA, tokenB, told, vf1 } from './testing.ts'

const { get, set, probe } = featureFlags
const whole = 24
const host = hostAfter(
  cardHost('vfio-pci'),
  (before) => before.open(pf, 'pf-user', tokenA),
  (before) => before.open(vf1, 'guest', tokenA),
  (before) => before.open(plain, 'other'),
)

test.each([
  ['no room for the header', pf, 7, set, 'feature/header-too-small', 'EINVAL'],
  ['an unknown flag', pf, whole, set | (1 << 19), 'feature/unknown-flags', 'EINVAL'],
  ['the highest bit', pf, whole, set | (1 << 31), 'feature/unknown-flags', 'EINVAL'],
  ['GET and SET', pf, whole, get | set, 'feature/get-and-set', 'EINVAL'],
  ['GET and SET on a VF', vf1, whole, get | set, 'feature/get-and-set', 'EINVAL'],
  ['another feature', pf, whole, set | 0x7fff, 'feature/unknown', 'ENOTTY'],
  ['a VF', vf1, whole, set, 'feature/not-a-pf', 'ENOTTY'],
  ['neither PF nor VF', plain, whole, set, 'feature/not-a-pf', 'ENOTTY'],
  ['PROBE on a VF', vf1, whole, set | probe, 'feature/not-a-pf', 'ENOTTY'],
  ['GET', pf, whole, get, 'feature/get-unsupported', 'EINVAL'],
  ['GET under PROBE', pf, whole, get | probe, 'feature/get-unsupported', 'EINVAL'],
  ['GET and SET under PROBE', pf, whole, get | set | probe, 'feature/get-unsupported', 'EINVAL'],
  ['no operation', pf, whole, 0, 'feature/no-operation', 'EINVAL'],
  ['SET with room for half a token', pf, 23, set, 'feature/token-too-small', 'EINVAL'],
] as const)('%s is refused', (_, address, argsz, flags, rule, errno) => {
  const moved = host.feature(address, { argsz, flags: flags | pciVfTokenFeature, token: tokenB })
  expect(told(moved)).toEqual({ rule, errno, log: [] })
  expect(moved.host).toBe(host)
})

test('PROBE with SET, or alone, says yes and changes nothing, whatever the size', () => {
  for (const flags of [set | probe, probe]) {
    const moved = host.feature(pf, { argsz: 8, flags, token: tokenB })
    expect(told(moved).rule).toBe('feature/probed')
    expect(moved.host).toBe(host)
  }
})

test('SET changes the token even while VFs are in use', () => {
  const moved = host.feature(pf, { argsz: whole, flags: set, token: tokenB })
  expect(told(moved)).toEqual({ rule: 'feature/token-set', errno: undefined, log: [] })
  expect(moved.host.device(pf)?.vfToken).toEqual({ uuid: tokenB, users: 1 })
  expect(told(moved.host.open(vf1, 'guest', tokenA)).rule).toBe('vf/token-incorrect')
})

test('a device that is not open has no descriptor to ask', () => {
  expect(told(cardHost('vfio-pci').feature(pf, { argsz: whole, flags: set, token: tokenB }))).toMatchObject({
    rule: 'feature/not-open',
    errno: 'EBADF',
  })
  expect(told(host.feature('0000:09:00.0', { argsz: whole, flags: set }))).toMatchObject({ errno: 'EBADF' })
})

test('low power is a feature that is set, never read, of every function', () => {
  for (const number of [3, 4, 5]) {
    expect(told(host.feature(vf1, { argsz: whole, flags: probe | number })).rule).toBe('feature/other')
    expect(told(host.feature(vf1, { argsz: whole, flags: get | number }))).toMatchObject({ errno: 'EINVAL' })
    expect(told(host.feature(vf1, { argsz: whole, flags: number })).rule).toBe('feature/no-operation')
  }
})

test('newer kernels know two features more: one is read, the other is not for these functions', () => {
  const dma = (flags: number) => told(host.feature(pf, { argsz: 64, flags: flags | 11 })).rule
  expect([probe, get | probe].map(dma)).toEqual(['feature/other', 'feature/other'])
  expect([set | probe, get | set | probe].map(dma)).toEqual(['feature/set-unsupported', 'feature/set-unsupported'])
  expect(dma(0)).toBe('feature/no-operation')
  expect(told(host.feature(pf, { argsz: 64, flags: probe | 12 }))).toMatchObject({ rule: 'feature/other-unusable' })
  const old = cardHost('vfio-pci', 'vfio-pci', { kernelVersion: '6.12.0' }).open(pf, 'pf-user').host
  expect(told(old.feature(pf, { argsz: 64, flags: probe | 11 })).rule).toBe('feature/unknown')
})
