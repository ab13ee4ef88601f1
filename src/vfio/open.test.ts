import { describe, expect, test } from 'vitest'
import { type Moved, VfioHost } from './host.ts'
import { cardHost, hostAfter, pf, plain, tokenA, told, vf1 } from './testing.ts'

const neighbour = '0000:05:00.1'
function sharedGroup(driver: string | undefined, bridge = false): VfioHost {
  return VfioHost.of([
    { address: plain, driver: 'vfio-pci', iommuGroup: 4 },
    { address: neighbour, driver, iommuGroup: 4, bridge },
  ])
}

describe('before the token is looked at', () => {
  test('a function that is not there', () => {
    expect(told(cardHost('ixgbe').open('0000:09:00.0', 'guest'))).toMatchObject({
      rule: 'open/no-device',
      errno: 'ENODEV',
    })
  })
  test.each(['ixgbevf', 'pci-stub', ''])('a function bound to "%s" instead of vfio-pci', (driver) => {
    expect(told(cardHost('ixgbe', driver).open(vf1, 'guest'))).toMatchObject({
      rule: 'open/not-bound',
      errno: 'ENOENT',
    })
  })
  test('somebody else has the function open', () => {
    const host = hostAfter(cardHost('ixgbe'), (before) => before.open(plain, 'one'))
    const moved = host.open(plain, 'two')
    expect(told(moved)).toMatchObject({ rule: 'open/busy', errno: 'EBUSY' })
  })
  test('somebody else has a neighbour in the IOMMU group open', () => {
    const host = hostAfter(sharedGroup('vfio-pci'), (before) => before.open(neighbour, 'one'))
    expect(told(host.open(plain, 'two')).rule).toBe('open/busy')
    expect(host.open(plain, 'two').result.devices).toEqual([plain, neighbour])
    expect(told(host.open(plain, 'one')).rule).toBe('plain/opens')
  })
  test('a neighbour is bound to a driver of the host', () => {
    const moved = sharedGroup('snd_hda_intel').open(plain, 'guest')
    expect(told(moved)).toMatchObject({ rule: 'open/group-not-viable', errno: 'EPERM' })
    expect(moved.result.devices).toEqual([plain, neighbour])
  })
  test('it is bound to a driver of the host, though a neighbour is not', () => {
    const host = VfioHost.of([
      { address: plain, driver: 'e1000', iommuGroup: 4 },
      { address: neighbour, driver: 'vfio-pci', iommuGroup: 4 },
    ])
    expect(told(host.open(plain, 'guest'))).toMatchObject({ rule: 'open/group-not-viable', errno: 'EPERM' })
  })
  test('it has no driver, but a neighbour is bound to vfio-pci', () => {
    const host = VfioHost.of([
      { address: plain, iommuGroup: 4 },
      { address: neighbour, driver: 'vfio-pci', iommuGroup: 4 },
    ])
    expect(told(host.open(plain, 'guest'))).toMatchObject({ rule: 'open/not-bound-in-group', errno: 'ENODEV' })
  })
  test.each(['vfio-pci', 'pci-stub', undefined])('a neighbour bound to %s does not hinder', (driver) => {
    expect(told(sharedGroup(driver).open(plain, 'guest')).rule).toBe('plain/opens')
  })
  test('a bridge does not hinder, whatever drives it', () => {
    expect(told(sharedGroup('pcieport', true).open(plain, 'guest')).rule).toBe('plain/opens')
  })
  test('a name that is another device, or has an option that is wrong', () => {
    const host = cardHost('ixgbe')
    expect(told(host.openByName(plain, '0000:05:00.1', 'guest'))).toMatchObject({ rule: 'name/no-match' })
    expect(told(host.openByName(plain, `${plain} x`, 'guest'))).toMatchObject({ errno: 'EINVAL' })
  })
})

test('the answer names the functions that decided', () => {
  const devicesOf = ({ result }: Moved) => [result.rule.name, result.devices]
  const card = cardHost('vfio-pci')
  expect(devicesOf(cardHost('ixgbe').open('0000:09:00.0', 'guest'))).toEqual(['open/no-device', ['0000:09:00.0']])
  expect(devicesOf(cardHost('ixgbe', '').open(vf1, 'guest'))).toEqual(['open/not-bound', [vf1]])
  expect(devicesOf(card.openByName(plain, plain, 'guest', { container: false }))).toEqual([
    'open/no-container',
    [plain],
  ])
  expect(devicesOf(card.openByName(plain, `${plain} x`, 'guest'))).toEqual(['name/unknown-option', [plain]])
  expect(devicesOf(card.openByName(plain, plain.padEnd(4096), 'guest'))).toEqual(['name/too-long', [plain]])
  const inUse = hostAfter(
    card,
    (host) => host.open(pf, 'router', tokenA),
    (host) => host.open(vf1, 'guest', tokenA),
    (host) => host.close(pf),
  )
  const waiting = inUse.configureSriov(pf, 0).host
  expect(devicesOf(waiting.open(vf1, 'guest', tokenA))).toEqual(['open/leaving', [vf1]])
  expect(devicesOf(waiting.open(pf, 'router', tokenA))).toEqual(['open/pf-locked', [pf]])
})
