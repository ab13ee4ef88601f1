import { describe, expect, test } from 'vitest'
import { assignPci } from './assign.ts'
import { at, controller, devices, i440fx, noPci, pseries, q35 } from './topologies.fixture.ts'
import type { PciRequest, PciTopology } from './types.ts'

describe('refusals', () => {
  const refused = (topology: PciTopology, ...requests: Partial<PciRequest>[]) =>
    assignPci(
      topology,
      requests.map((it, n) => ({ id: `d${n}`, plug: 'pci', ...it })),
    ).problems

  const port = { ...q35, controllers: [controller(1, 'pcie-root-port')] }

  test.each<[string, PciTopology, Partial<PciRequest>]>([
    ['pci-domain', i440fx, { address: { ...at(0, 5), domain: 1 } }],
    ['pci-bus-range', i440fx, { address: at(256, 5) }],
    ['pci-slot-range', i440fx, { address: at(0, 32) }],
    ['pci-function-range', i440fx, { address: at(0, 5, 8) }],
    ['pci-slot-not-on-bus', i440fx, { address: at(0, 0, 1) }],
    ['pci-slot-not-on-bus', port, { plug: 'pcie', address: at(1, 1) }],
    ['pci-reserved', i440fx, { address: at(0, 1, 1) }],
    ['pci-not-integrated', port, { plug: 'pcie', integrated: true, address: at(1, 0) }],
    ['pci-unavailable', noPci, {}],
    ['pci-no-such-bus', noPci, { address: at(0, 1) }],
  ])('%s', (code, topology, request) => {
    expect(refused(topology, request)).toMatchObject([{ code: `address/${code}`, severity: 'error', requests: ['d0'] }])
  })

  test('one place twice: the second is refused, the first named', () => {
    expect(refused(i440fx, { address: at(0, 5) }, { address: at(0, 5) })).toMatchObject([
      { code: 'address/pci-slot-in-use', requests: ['d1', 'd0'] },
    ])
  })

  test('what is part of the machine may sit on what is reserved for it, and keeps it', () => {
    const problems = refused(i440fx, { address: at(0, 1, 1) }, { address: at(0, 1, 1), builtIn: true })
    expect(problems).toMatchObject([{ code: 'address/pci-slot-in-use', requests: ['d0', 'd1'] }])
  })

  test("multifunction='off' on a slot with further functions is warned about", () => {
    const problems = refused(i440fx, { address: at(0, 5), multifunction: false }, { address: at(0, 5, 1) })
    expect(problems).toMatchObject([{ code: 'address/pci-multifunction-off', severity: 'warning', requests: ['d0'] }])
  })

  test('a device for the slot of a switch', () => {
    const controllers = [controller(1, 'pcie-root-port'), controller(2, 'pcie-switch-upstream-port')]
    expect(refused({ ...q35, controllers }, { plug: 'pcie', address: at(2, 0) })).toMatchObject([
      { code: 'address/pci-wrong-bus' },
    ])
  })

  const ofControllers = (topology: PciTopology, ...controllers: PciTopology['controllers']) =>
    assignPci({ ...topology, controllers }, []).problems.map(({ code, requests }) => [code, ...requests])

  test.each<[string, PciTopology, PciTopology['controllers'], string[]]>([
    [
      'pci-duplicate-index',
      q35,
      [controller(1, 'pcie-root-port'), { ...controller(1, 'pcie-root-port'), id: 'x' }],
      ['x', 'pci 1'],
    ],
    ['pci-wrong-root', q35, [controller(0, 'pci-root')], ['pci 0']],
    ['pci-wrong-root', noPci, [controller(0, 'pci-root')], ['pci 0']],
    ['pci-root-index', i440fx, [controller(1, 'pci-root')], ['pci 1']],
    ['pci-root-address', i440fx, [controller(0, 'pci-root', { address: at(0, 5) })], ['pci 0']],
    ['pci-index-range', q35, [controller(256, 'pcie-root-port')], ['pci 256']],
    [
      'pci-wrong-bus',
      q35,
      [controller(1, 'pcie-root-port'), controller(2, 'dmi-to-pci-bridge', { address: at(1, 0) })],
      ['pci 2'],
    ],
    ['pci-bridge-index', i440fx, [controller(1, 'pci-bridge', { address: at(1, 1) })], ['pci 1']],
    ['pci-bridge-index', q35, [controller(1, 'pci-bridge')], ['pci 1']],
    ['pci-no-slot', q35, [controller(1, 'pcie-to-pci-bridge')], ['pci 1']],
    ['pci-no-slot', q35, [controller(1, 'pcie-switch-downstream-port')], ['pci 1']],
    ['pci-host-bridge-index', pseries, [controller(1, 'pci-root', { target: { index: 0 } })], ['pci 1']],
    ['pci-host-bridge-index', pseries, [controller(1, 'pci-root', { target: { index: 31 } })], ['pci 1']],
  ])('%s of controllers', (code, topology, controllers, requests) => {
    expect(ofControllers(topology, ...controllers)).toEqual([[`address/${code}`, ...requests]])
  })

  test('a pci-bridge on a bus of higher index, though that one is on the root', () => {
    const bridges = [controller(1, 'pci-bridge', { address: at(2, 1) }), controller(2, 'pci-bridge')]
    expect(ofControllers(i440fx, ...bridges)).toEqual([['address/pci-bridge-index', 'pci 1']])
  })

  test('switches on each other are warned about', () => {
    const controllers = [controller(1, 'pcie-switch-downstream-port'), controller(2, 'pcie-switch-upstream-port')]
    const { problems } = assignPci({ ...q35, controllers }, [])
    expect(problems.map(({ code, severity, requests }) => [code, severity, ...requests])).toEqual([
      ['address/pci-cycle', 'warning', 'pci 1'],
      ['address/pci-cycle', 'warning', 'pci 2'],
    ])
  })

  test('more root ports than the root bus holds', () => {
    const controllers = Array.from({ length: 241 }, (_, n) => controller(n + 1, 'pcie-root-port'))
    expect(ofControllers(q35, ...controllers)).toEqual([['address/pci-no-slot', 'pci 241']])
  })

  test('more devices than root ports can be added', () => {
    const problems = assignPci(q35, devices(241, 'pcie')).problems
    expect(problems).toMatchObject([{ code: 'address/pci-no-slot', requests: ['device 240'] }])
  })

  test('a bridge that finds no place is the fault of what it was added for', () => {
    const full: Partial<PciRequest>[] = Array.from({ length: 30 }, (_, n) => ({ address: at(0, n + 2) }))
    expect(refused(i440fx, ...full, {})).toMatchObject([
      { code: 'address/pci-bridge-index', requests: ['d30', 'pci-controller-1'] },
    ])
  })

  test('bus numbers run out', () => {
    const controllers = [controller(1, 'pci-expander-bus', { target: { busNr: 2 } }), controller(2, 'pci-expander-bus')]
    expect(ofControllers(i440fx, ...controllers)).toEqual([['address/pci-bus-number', 'pci 2']])
  })
})
