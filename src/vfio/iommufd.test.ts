import { describe, expect, test } from 'vitest'
import { type Moved, VfioHost } from './host.ts'
import { cardHost, hostAfter, iommufdUnchecked, pf, plain, tokenA, tokenB, told, vf1 } from './testing.ts'

const absent = '0000:09:00.0'

describe('through an iommufd', () => {
  const unchecked = cardHost('vfio-pci', 'vfio-pci', iommufdUnchecked)
  test('a kernel that does not ask opens the VF without a token, and counts it', () => {
    const moved = unchecked.bindIommufd(vf1, 'guest')
    expect(told(moved)).toEqual({ rule: 'iommufd/token-unchecked', errno: undefined, log: [] })
    expect(moved.host.device(pf)?.vfToken?.users).toBe(1)
  })
  test('and sets no token of a PF', () => {
    expect(told(unchecked.bindIommufd(pf, 'guest', { token: tokenA }))).toMatchObject({ rule: 'iommufd/token-unknown' })
    const moved = unchecked.bindIommufd(pf, 'guest')
    expect(moved.host.device(pf)?.vfToken).toEqual({ uuid: undefined, users: 0 })
  })
  test('a kernel that asks refuses what QEMU hands over: no token', () => {
    const checked = hostAfter(cardHost('vfio-pci'), (host) => host.open(pf, 'pf-user', tokenA))
    expect(told(checked.bindIommufd(vf1, 'guest'))).toMatchObject({ rule: 'vf/token-required', errno: 'EACCES' })
    expect(told(checked.bindIommufd(vf1, 'guest', { token: tokenA })).rule).toBe('vf/opens')
  })
  test('what stands before the token stands here too', () => {
    expect(told(unchecked.bindIommufd(absent, 'guest')).rule).toBe('iommufd/no-device')
    expect(told(cardHost('ixgbe', 'ixgbevf').bindIommufd(vf1, 'guest')).rule).toBe('iommufd/no-file')
  })
  test('one way at a time: who holds the group keeps the iommufd out, and the other way round', () => {
    const byGroup = cardHost('ixgbe').open(plain, 'guest').host
    expect(told(byGroup.bindIommufd(plain, 'guest', { token: tokenA }))).toMatchObject({ rule: 'open/busy' })
    const byIommufd = cardHost('ixgbe').bindIommufd(plain, 'guest').host
    expect(told(byIommufd.open(plain, 'guest'))).toMatchObject({ rule: 'open/busy', errno: 'EBUSY' })
  })
  test('a second time it does not open, and yet sets the token of a PF', () => {
    const once = cardHost('vfio-pci').bindIommufd(pf, 'guest', { token: tokenB }).host
    const again = once.bindIommufd(pf, 'other', { token: tokenA })
    expect(told(again)).toMatchObject({ rule: 'iommufd/second', errno: 'EINVAL' })
    expect(again.host.device(pf)?.vfToken?.uuid).toBe(tokenA)
  })
  test('what is being removed has no file any more', () => {
    const leaving = cardHost('ixgbe').bindIommufd(vf1, 'guest').host.configureSriov(pf, 0).host
    expect(told(leaving.bindIommufd(vf1, 'guest'))).toMatchObject({ rule: 'iommufd/no-file', errno: 'ENOENT' })
  })
  test('while a removal of VFs waits the PF is locked for who has the token, and refused to the others', () => {
    const inUse = hostAfter(
      cardHost('vfio-pci'),
      (host) => host.openByName(pf, `${pf} vf_token=${tokenA}`, 'router'),
      (host) => host.close(pf),
      (host) => host.openByName(vf1, `${vf1} vf_token=${tokenA}`, 'guest'),
    )
    const { host: waiting } = inUse.configureSriov(pf, 0)
    expect(told(waiting.bindIommufd(pf, 'router')).rule).toBe('pf/token-required')
    expect(told(waiting.bindIommufd(pf, 'router', { token: tokenB })).rule).toBe('pf/token-incorrect')
    expect(told(waiting.bindIommufd(pf, 'router', { token: tokenA })).rule).toBe('open/pf-locked')
  })
  test('who has one function of the group may have the others too, another holder may not', () => {
    const group = ['0000:07:00.0', '0000:07:00.1', '0000:07:00.2']
    const facts = group.map((address) => ({ address, driver: 'vfio-pci', iommuGroup: 7 }))
    const [first = '', second = '', third = ''] = group
    const host = VfioHost.of(facts).bindIommufd(first, 'guest').host
    const mine = host.bindIommufd(second, 'guest')
    expect(told(mine).rule).toBe('plain/opens')
    const { result } = mine.host.bindIommufd(third, 'other')
    expect([result.rule.name, result.devices]).toEqual(['iommufd/group-taken', [third, first, second]])
  })
  test('the answer names the functions that decided', () => {
    const devicesOf = ({ result }: Moved) => [result.rule.name, result.devices]
    const kernelPf = cardHost('ixgbe')
    expect(devicesOf(kernelPf.bindIommufd(absent, 'guest'))).toEqual(['iommufd/no-device', [absent]])
    expect(devicesOf(cardHost('ixgbe', 'ixgbevf').bindIommufd(vf1, 'guest'))).toEqual(['iommufd/no-file', [vf1]])
    expect(devicesOf(unchecked.bindIommufd(vf1, 'guest', { token: tokenA }))).toEqual(['iommufd/token-unknown', [vf1]])
    expect(devicesOf(kernelPf.bindIommufd(vf1, 'guest'))).toEqual(['vf/opens-kernel-pf', [vf1, pf]])
    expect(devicesOf(kernelPf.bindIommufd(plain, 'guest'))).toEqual(['plain/opens', [plain]])
    const bound = kernelPf.bindIommufd(plain, 'guest').host
    expect(devicesOf(bound.bindIommufd(plain, 'guest'))).toEqual(['iommufd/second', [plain]])
    const waiting = hostAfter(
      cardHost('vfio-pci'),
      (host) => host.bindIommufd(pf, 'router', { token: tokenA }),
      (host) => host.close(pf),
      (host) => host.bindIommufd(vf1, 'guest', { token: tokenA }),
    ).configureSriov(pf, 0).host
    expect(devicesOf(waiting.bindIommufd(pf, 'router', { token: tokenA }))).toEqual(['open/pf-locked', [pf]])
  })
})
