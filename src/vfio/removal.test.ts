import { expect, test } from 'vitest'
import { cardHost, hostAfter, pf, tokenA, tokenB, told, vf1, vf2 } from './testing.ts'

const host = hostAfter(
  cardHost('vfio-pci'),
  (before) => before.open(pf, 'router', tokenA),
  (before) => before.open(vf1, 'one', tokenA),
  (before) => before.close(pf),
)

test('the function that is waited for does not open, on older kernels it does', () => {
  const { host: waiting } = host.configureSriov(pf, 0)
  expect(told(waiting.open(vf1, 'one', tokenA))).toMatchObject({ rule: 'open/leaving', errno: 'ENODEV' })
  expect(told(waiting.open(vf2, 'two', tokenA)).rule).toBe('vf/opens')
  const old = hostAfter(
    cardHost('vfio-pci', 'vfio-pci', { kernelVersion: '6.1.0' }),
    (before) => before.open(pf, 'router', tokenA),
    (before) => before.open(vf1, 'one', tokenA),
  ).configureSriov(pf, 0).host
  expect(told(old.open(vf1, 'one', tokenA)).rule).toBe('vf/opens')
})

test('the PF cannot be opened meanwhile, once its token fits', () => {
  const { host: waiting } = host.configureSriov(pf, 0)
  expect(told(waiting.open(pf, 'router'))).toMatchObject({ rule: 'pf/token-required' })
  expect(told(waiting.open(pf, 'router', tokenA))).toMatchObject({ rule: 'open/pf-locked', errno: 'EAGAIN' })
  expect(told(waiting.configureSriov(pf, 1))).toMatchObject({ rule: 'removal/locked' })
  expect(told(waiting.close(vf1).host.open(pf, 'router')).rule).toBe('pf/opens-token-kept')
})

test('who cannot be asked is waited for all the same', () => {
  const unheard = hostAfter(
    cardHost('ixgbe'),
    (before) => before.openByName(vf1, vf1, 'one'),
    (before) => before.openByName(vf2, vf2, 'two', { channel: true }),
  )
  expect(told(unheard.configureSriov(pf, 0)).log).toEqual([
    `vfio-pci ${vf1}: No device request channel registered, blocked until released by user`,
  ])
  const next = unheard.configureSriov(pf, 0).host.close(vf1)
  expect(next.result.log).toEqual([`vfio-pci ${vf2}: Relaying device request to user (#0)`])
})

test('a group without a container does not open, but a token for the PF is set', () => {
  const closed = host.close(vf1).host
  const moved = closed.openByName(pf, `${pf} vf_token=${tokenB}`, 'router', { container: false })
  expect(told(moved)).toMatchObject({ rule: 'open/no-container', errno: 'EINVAL' })
  expect(moved.host.device(pf)?.vfToken?.uuid).toBe(tokenB)
})
