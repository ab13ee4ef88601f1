import { describe, expect, test } from 'vitest'
import { cardHost, hostAfter, pf, plain, tokenA, tokenB, told, vf1, vf2 } from '../testing.ts'

const kernelPf = cardHost('ixgbe')
const vfioPf = cardHost('vfio-pci')
const tokenSet = hostAfter(vfioPf, (host) => host.open(pf, 'pf-user', tokenA))
const vfInUse = hostAfter(
  tokenSet,
  (host) => host.open(vf1, 'guest', tokenA),
  (host) => host.close(pf),
)

describe('neither PF nor VF', () => {
  test('without a token it opens', () => {
    const moved = kernelPf.open(plain, 'guest')
    expect(told(moved)).toEqual({ rule: 'plain/opens', errno: undefined, log: [] })
    expect(moved.host.device(plain)?.opened).toEqual({ holder: 'guest', count: 1, channel: true })
  })
  test('with a token: EINVAL', () => {
    expect(told(kernelPf.open(plain, 'guest', tokenA))).toEqual({
      rule: 'plain/token-unwanted',
      errno: 'EINVAL',
      log: [`vfio-pci ${plain}: VF token incorrectly provided, not a PF or VF`],
    })
  })
})

describe('VF, its PF not driven by vfio-pci', () => {
  test('without a token it opens', () => {
    expect(told(kernelPf.open(vf1, 'guest'))).toEqual({ rule: 'vf/opens-kernel-pf', errno: undefined, log: [] })
  })
  test('with a token: EINVAL', () => {
    expect(told(kernelPf.open(vf1, 'guest', tokenA))).toEqual({
      rule: 'vf/token-unwanted',
      errno: 'EINVAL',
      log: [`vfio-pci ${vf1}: VF token incorrectly provided, PF not bound to vfio-pci`],
    })
  })
})

describe('VF, its PF driven by vfio-pci', () => {
  test('without a token: EACCES, token required', () => {
    const moved = tokenSet.open(vf1, 'guest')
    expect(told(moved)).toEqual({
      rule: 'vf/token-required',
      errno: 'EACCES',
      log: [`vfio-pci ${vf1}: VF token required to access device`],
    })
    expect(moved.result.devices).toEqual([vf1, pf])
    expect(moved.host).toBe(tokenSet)
  })
  test('with a wrong one: EACCES, incorrect token', () => {
    expect(told(tokenSet.open(vf1, 'guest', tokenB))).toEqual({
      rule: 'vf/token-incorrect',
      errno: 'EACCES',
      log: [`vfio-pci ${vf1}: Incorrect VF token provided for device`],
    })
  })
  test('while the token of the PF is the random one, every token is wrong', () => {
    expect(told(vfioPf.open(vf1, 'guest', tokenA)).rule).toBe('vf/token-incorrect')
  })
  test('with the right one it opens, and the PF counts one more VF user', () => {
    const one = tokenSet.open(vf1, 'guest', tokenA)
    expect(told(one)).toEqual({ rule: 'vf/opens', errno: undefined, log: [] })
    expect(one.host.device(pf)?.vfToken).toEqual({ uuid: tokenA, users: 1 })
    const two = one.host.open(vf2, 'other', tokenA)
    expect(two.host.device(pf)?.vfToken?.users).toBe(2)
  })
  test('opened twice by the same user it counts once, and asks for the token each time', () => {
    const again = vfInUse.open(vf1, 'guest', tokenA)
    expect(again.host.device(pf)?.vfToken?.users).toBe(1)
    expect(told(vfInUse.open(vf1, 'guest', tokenB)).rule).toBe('vf/token-incorrect')
  })
  test('the last close takes the user off', () => {
    const twice = hostAfter(vfInUse, (host) => host.open(vf1, 'guest', tokenA))
    const once = twice.close(vf1)
    expect(told(once).rule).toBe('close/still-open')
    expect(once.host.device(pf)?.vfToken?.users).toBe(1)
    const closed = once.host.close(vf1)
    expect(told(closed).rule).toBe('close/vf-closed')
    expect(closed.host.device(pf)?.vfToken).toEqual({ uuid: tokenA, users: 0 })
    expect(told(closed.host.close(vf1))).toEqual({ rule: 'close/not-open', errno: 'EBADF', log: [] })
  })
  test('a variant driver follows the same rules and logs under its own name', () => {
    const host = cardHost('vfio-pci', 'mlx5_vfio_pci')
    expect(told(host.open(vf1, 'guest')).log).toEqual([`mlx5_vfio_pci ${vf1}: VF token required to access device`])
  })
})

describe('PF without a VF in use', () => {
  test('without a token it opens, the token stays', () => {
    const random = vfioPf.open(pf, 'pf-user')
    expect(told(random)).toEqual({ rule: 'pf/opens-token-kept', errno: undefined, log: [] })
    expect(random.host.device(pf)?.vfToken).toEqual({ uuid: undefined, users: 0 })
    const known = hostAfter(
      tokenSet,
      (host) => host.close(pf),
      (host) => host.open(pf, 'pf-user'),
    )
    expect(known.device(pf)?.vfToken).toEqual({ uuid: tokenA, users: 0 })
  })
  test('with a token it opens and sets it', () => {
    const moved = vfioPf.open(pf, 'pf-user', tokenA)
    expect(told(moved)).toEqual({ rule: 'pf/opens-token-set', errno: undefined, log: [] })
    expect(moved.host.device(pf)?.vfToken).toEqual({ uuid: tokenA, users: 0 })
    const changed = hostAfter(
      moved.host,
      (host) => host.close(pf),
      (host) => host.open(pf, 'pf-user', tokenB),
    )
    expect(changed.device(pf)?.vfToken?.uuid).toBe(tokenB)
  })
})

describe('PF with VFs in use', () => {
  test('without a token: EACCES', () => {
    expect(told(vfInUse.open(pf, 'pf-user'))).toEqual({
      rule: 'pf/token-required',
      errno: 'EACCES',
      log: [`vfio-pci ${pf}: VF token required to access device`],
    })
  })
  test('with a wrong one: EACCES, and the token stays', () => {
    const moved = vfInUse.open(pf, 'pf-user', tokenB)
    expect(told(moved)).toEqual({
      rule: 'pf/token-incorrect',
      errno: 'EACCES',
      log: [`vfio-pci ${pf}: Incorrect VF token provided for device`],
    })
    expect(moved.host.device(pf)?.vfToken?.uuid).toBe(tokenA)
  })
  test('with the right one it opens', () => {
    const moved = vfInUse.open(pf, 'pf-user', tokenA)
    expect(told(moved)).toEqual({ rule: 'pf/opens', errno: undefined, log: [] })
    expect(moved.host.device(pf)?.vfToken).toEqual({ uuid: tokenA, users: 1 })
  })
})
