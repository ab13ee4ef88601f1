import { expect, test } from 'vitest'
import { VfioHost } from './host.ts'
import { cardHost, emptyCard, hostAfter, pf, plain, tokenA, told, vf1, vf2 } from './testing.ts'

test('vfio-pci creates VFs, captures them and says so, one line a VF', () => {
  const moved = emptyCard('vfio-pci').configureSriov(pf, 2)
  expect(told(moved)).toEqual({
    rule: 'sriov/captured',
    errno: undefined,
    log: [vf1, vf2].map((vf) => `vfio-pci ${pf}: Captured SR-IOV VF ${vf} driver_override`),
  })
  expect(moved.host.device(vf1)).toMatchObject({
    driver: 'vfio-pci',
    driverOverride: 'vfio-pci',
    physicalFunction: pf,
  })
  expect(moved.host.device(pf)?.virtualFunctions).toEqual([vf1, vf2])
})

test('a driver of the host creates VFs that vfio-pci does not capture', () => {
  const moved = emptyCard('ixgbe').configureSriov(pf, 1)
  expect(told(moved)).toEqual({ rule: 'sriov/enabled', errno: undefined, log: [] })
  expect(moved.host.device(vf1)).toMatchObject({ driver: undefined, driverOverride: undefined })
})

test('VFs lie beyond the bus of their PF where the offset says so', () => {
  const facts = [{ address: '0000:03:1f.0', driver: 'vfio-pci', sriov: { totalVfs: 3, offset: 7, stride: 3 } }]
  const { host } = VfioHost.of(facts, { enableSriov: true }).configureSriov('0000:03:1f.0', 3)
  expect(host.device('0000:03:1f.0')?.virtualFunctions).toEqual(['0000:03:1f.7', '0000:04:00.2', '0000:04:00.5'])
})

test('with enable_sriov off: ENOENT, for 0 as for more', () => {
  const off = { enableSriov: false }
  expect(told(emptyCard('vfio-pci', off).configureSriov(pf, 2))).toEqual({
    rule: 'sriov/option-off',
    errno: 'ENOENT',
    log: [],
  })
  expect(told(cardHost('vfio-pci', 'vfio-pci', off).configureSriov(pf, 0)).rule).toBe('sriov/option-off')
  expect(told(emptyCard('ixgbe', off).configureSriov(pf, 2)).rule).toBe('sriov/enabled')
})

test.each([
  [-1, 'sriov/malformed', 'EINVAL'],
  [1.5, 'sriov/malformed', 'EINVAL'],
  [65_536, 'sriov/malformed', 'EINVAL'],
  [5, 'sriov/too-many', 'ERANGE'],
] as const)('%d VFs are refused', (count, rule, errno) => {
  expect(told(emptyCard('vfio-pci').configureSriov(pf, count))).toMatchObject({ rule, errno })
})

test('who cannot have VFs', () => {
  expect(told(cardHost('vfio-pci').configureSriov(plain, 1))).toMatchObject({ rule: 'sriov/not-a-pf', errno: 'ENOENT' })
  expect(told(cardHost('vfio-pci').configureSriov('0000:09:00.0', 1)).rule).toBe('sriov/not-a-pf')
  expect(told(emptyCard(undefined).configureSriov(pf, 1))).toEqual({
    rule: 'sriov/no-driver',
    errno: 'ENOENT',
    log: [`pci ${pf}: no driver bound to device; cannot configure SR-IOV`],
  })
  expect(told(emptyCard('mlx5_vfio_pci').configureSriov(pf, 1))).toEqual({
    rule: 'sriov/driver-cannot',
    errno: 'ENOENT',
    log: [`mlx5_vfio_pci ${pf}: driver does not support SR-IOV configuration via sysfs`],
  })
})

test('another number needs 0 first; the same number changes nothing', () => {
  const host = cardHost('vfio-pci')
  expect(told(host.configureSriov(pf, 3))).toEqual({
    rule: 'sriov/already-enabled',
    errno: 'EBUSY',
    log: [`vfio-pci ${pf}: 2 VFs already enabled. Disable before enabling 3 VFs`],
  })
  const same = host.configureSriov(pf, 2)
  expect(told(same).rule).toBe('sriov/unchanged')
  expect(same.host).toBe(host)
})

test('the token outlives the close of the PF, and VFs going and coming', () => {
  const host = hostAfter(
    cardHost('vfio-pci'),
    (before) => before.open(pf, 'pf-user', tokenA),
    (before) => before.close(pf),
    (before) => before.configureSriov(pf, 0),
    (before) => before.configureSriov(pf, 2),
  )
  expect(host.device(pf)?.vfToken).toEqual({ uuid: tokenA, users: 0 })
  expect(told(host.open(vf1, 'guest', tokenA)).rule).toBe('vf/opens')
  expect(host.device(vf1)?.iommuGroup).toBe(2)
})

test('0 removes the VFs', () => {
  const moved = cardHost('vfio-pci').configureSriov(pf, 0)
  expect(told(moved)).toEqual({ rule: 'sriov/disabled', errno: undefined, log: [] })
  expect(moved.host.device(vf1)).toBeUndefined()
  expect(moved.host.device(pf)?.virtualFunctions).toEqual([])
})

test('disabling waits while a VF is open', () => {
  const host = hostAfter(
    cardHost('vfio-pci'),
    (before) => before.open(pf, 'pf-user', tokenA),
    (before) => before.open(vf2, 'guest', tokenA),
  )
  const moved = host.configureSriov(pf, 0)
  expect(moved.result.outcome).toBe('waits')
  expect(told(moved)).toEqual({
    rule: 'sriov/vfs-in-use',
    errno: undefined,
    log: [`vfio-pci ${vf2}: Relaying device request to user (#0)`],
  })
  expect(moved.host.device(vf1)).toBeUndefined()
  expect(moved.host.waits).toBe(true)
  const later = moved.host.close(vf2)
  expect(later.host.waits).toBe(false)
  expect(later.host.device(vf2)).toBeUndefined()
})
