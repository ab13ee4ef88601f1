import { expect, test } from 'vitest'
import { VfioHost } from './host.ts'
import { bindOverridden, cardHost, emptyCard, hostAfter, pf, plain, tokenA, told, vf1 } from './testing.ts'

test('a PF that vfio-pci takes has a random token: no token fits', () => {
  const moved = bindOverridden(emptyCard(undefined), pf, 'vfio-pci')
  expect(told(moved).rule).toBe('bind/pf-random-token')
  expect(moved.host.device(pf)?.vfToken).toEqual({ uuid: undefined, users: 0 })
})

test('the token dies when the PF is unbound, and the VFs with it', () => {
  const host = hostAfter(
    cardHost('vfio-pci'),
    (before) => before.open(pf, 'pf-user', tokenA),
    (before) => before.close(pf),
  )
  const unbound = host.unbind(pf)
  expect(told(unbound).rule).toBe('unbind/pf-token-gone')
  expect(unbound.host.device(pf)?.vfToken).toBeUndefined()
  expect(unbound.host.device(vf1)).toBeUndefined()
  const again = bindOverridden(unbound.host, pf, 'vfio-pci').host
  expect(again.device(pf)?.vfToken?.uuid).toBeUndefined()
})

test('unbinding waits for the users of the PF and of its VFs', () => {
  const pfOpen = hostAfter(cardHost('vfio-pci'), (host) => host.open(pf, 'pf-user', tokenA))
  const vfOpen = hostAfter(
    pfOpen,
    (host) => host.open(vf1, 'guest', tokenA),
    (host) => host.close(pf),
  )
  expect(told(pfOpen.unbind(pf))).toEqual({
    rule: 'unbind/in-use',
    errno: undefined,
    log: [`vfio-pci ${pf}: Relaying device request to user (#0)`],
  })
  const moved = vfOpen.unbind(pf)
  expect(moved.result).toMatchObject({ outcome: 'waits', devices: [pf, vf1] })
  expect(moved.result.log).toEqual([`vfio-pci ${vf1}: Relaying device request to user (#0)`])
  expect(vfOpen.unbind(vf1).result.outcome).toBe('waits')
})

test('vfio-pci does not take a PF that has VFs', () => {
  const host = hostAfter(cardHost('ixgbe'), (before) => before.unbind(pf))
  expect(told(bindOverridden(host, pf, 'vfio-pci'))).toEqual({
    rule: 'bind/pf-with-vfs',
    errno: 'EBUSY',
    log: [
      `vfio-pci ${pf}: Cannot bind to PF with SR-IOV enabled`,
      `vfio-pci ${pf}: probe with driver vfio-pci failed with error -16`,
    ],
  })
})

test('a VF bound elsewhere is noted in the log, and no token stands in the way', () => {
  const host = hostAfter(
    cardHost('vfio-pci'),
    (before) => before.unbind(vf1),
    (before) => before.overrideDriver(vf1, undefined),
  )
  const moved = host.bind(vf1, 'ixgbevf')
  expect(told(moved)).toEqual({
    rule: 'bind/vf-elsewhere',
    errno: undefined,
    log: [`vfio-pci ${pf}: VF ${vf1} bound to driver ixgbevf while PF bound to driver vfio-pci`],
  })
  expect(moved.result.devices).toEqual([vf1, pf])
  expect(moved.host.device(vf1)?.driver).toBe('ixgbevf')
})

test('a VF bound to the driver of its PF, or under a PF of the host, is not worth a line', () => {
  const vfio = hostAfter(cardHost('vfio-pci'), (before) => before.unbind(vf1))
  expect(told(bindOverridden(vfio, vf1, 'vfio-pci'))).toEqual({ rule: 'bind/done', errno: undefined, log: [] })
  const native = hostAfter(cardHost('ixgbe'), (before) => before.unbind(vf1))
  expect(told(native.bind(vf1, 'ixgbevf'))).toEqual({ rule: 'bind/done', errno: undefined, log: [] })
})

test('what stands in the way of binding', () => {
  const host = cardHost('vfio-pci')
  expect(told(host.bind(plain, 'nvme'))).toMatchObject({ rule: 'bind/bound', errno: 'EBUSY' })
  const overridden = hostAfter(
    host,
    (before) => before.unbind(plain),
    (before) => before.overrideDriver(plain, 'vfio-pci'),
  )
  expect(told(overridden.bind(plain, 'nvme'))).toMatchObject({ rule: 'bind/override', errno: 'ENODEV' })
  expect(told(host.bind('0000:09:00.0', 'nvme'))).toMatchObject({ rule: 'bind/no-device', errno: 'ENODEV' })
  expect(told(host.unbind('0000:09:00.0'))).toMatchObject({ rule: 'bind/no-device', errno: 'ENODEV' })
  expect(told(host.overrideDriver('0000:09:00.0', 'nvme'))).toMatchObject({
    rule: 'override/no-device',
    errno: 'ENOENT',
  })
  expect(told(overridden.unbind(plain))).toMatchObject({ rule: 'unbind/not-bound', errno: 'ENODEV' })
  expect(told(host.unbind(plain)).rule).toBe('unbind/done')
})

test('vfio-pci and pci-stub take only what driver_override gives them, others what their ids match', () => {
  const known = VfioHost.of([{ address: plain, kernelDrivers: ['nvme'] }])
  expect(told(known.bind(plain, 'vfio-pci'))).toMatchObject({ rule: 'bind/override', errno: 'ENODEV' })
  expect(told(known.bind(plain, 'pci-stub'))).toMatchObject({ rule: 'bind/override', errno: 'ENODEV' })
  expect(told(known.bind(plain, 'ixgbe'))).toMatchObject({ rule: 'bind/id-unknown', errno: 'ENODEV' })
  expect(told(known.bind(plain, 'nvme')).rule).toBe('bind/done')
  expect(told(bindOverridden(known, plain, 'ixgbe')).rule).toBe('bind/done')
  const bound = VfioHost.of([{ address: plain, driver: 'nvme', kernelDrivers: ['nvme'] }])
  expect(told(bound.bind(plain, 'vfio-pci')).rule).toBe('bind/override')
  expect(told(bound.unbind(plain, 'vfio-pci')).rule).toBe('unbind/not-bound')
})

test('no driver of the host is bound in a group that userspace owns', () => {
  const shared = VfioHost.of([
    { address: plain, driver: 'vfio-pci', iommuGroup: 4 },
    { address: '0000:05:00.1', iommuGroup: 4 },
  ])
  const open = hostAfter(shared, (host) => host.open(plain, 'guest'))
  expect(told(open.bind('0000:05:00.1', 'nvme'))).toMatchObject({ rule: 'bind/group-in-use', errno: 'EBUSY' })
  expect(told(bindOverridden(open, '0000:05:00.1', 'pci-stub')).rule).toBe('bind/done')
  expect(told(shared.bind('0000:05:00.1', 'nvme')).rule).toBe('bind/done')
})
