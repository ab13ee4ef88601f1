import { describe, expect, test } from 'vitest'
import { assignPci } from './assign.ts'
import { at, controller, devices, i440fx, line, pseries, q35, show, withoutPcieToPci } from './topologies.fixture.ts'
import type { PciRequest, PciTopology } from './types.ts'

function places(topology: PciTopology, requests: readonly PciRequest[]): string[] {
  const result = assignPci(topology, requests)
  expect(result.problems).toEqual([])
  return requests.map((request) => show(result.addresses.get(request.id)!.address))
}

const bridges = (topology: PciTopology, requests: readonly PciRequest[]): string[] =>
  assignPci(topology, requests).controllers.map(line)

describe('conventional machines', () => {
  test('devices fill the first bus around what is reserved and given', () => {
    const given: PciRequest = { id: 'given', plug: 'pci', address: at(0, 3) }
    expect(places(i440fx, [...devices(3, 'pci'), given])).toEqual(['0:2.0', '0:4.0', '0:5.0', '0:3.0'])
  })

  test('a PCI Express device is a conventional one there', () => {
    expect(places(i440fx, devices(1, 'pcie'))).toEqual(['0:2.0'])
  })

  test('one slot stays free: a bridge is added for the device that would take the last', () => {
    expect(bridges(i440fx, devices(29, 'pci'))).toEqual(['0 pci-root'])
    const full = assignPci(i440fx, devices(30, 'pci'))
    expect(full.controllers.map(line)).toEqual(['0 pci-root', '1 pci-bridge 0:2.0'])
    expect(full.controllers[1]).toMatchObject({ created: true, modelName: 'pci-bridge', target: { chassisNr: 1 } })
    expect(show(full.addresses.get('device 29')!.address)).toBe('1:1.0')
  })

  test('no bridge is added where the user filled every slot', () => {
    const all = Array.from({ length: 30 }, (_, n): PciRequest => ({ id: `d${n}`, plug: 'pci', address: at(0, n + 2) }))
    expect(bridges(i440fx, all)).toEqual(['0 pci-root'])
  })

  test('bridges grow in several rounds', () => {
    expect(bridges(i440fx, devices(100, 'pci'))).toEqual([
      '0 pci-root',
      '1 pci-bridge 0:2.0',
      '2 pci-bridge 0:3.0',
      '3 pci-bridge 0:4.0',
    ])
  })

  test('bridges are counted without the slots that they take: what those lack is refused', () => {
    const codes = (count: number) => assignPci(i440fx, devices(count, 'pci')).problems.map(({ code }) => code)
    expect([59, 60, 61].map(codes)).toEqual([[], ['address/pci-no-slot'], []])
  })

  test('behind PCI Express one bridge leads to conventional slots, and more conventional bridges sit on it', () => {
    const models = (count: number) => assignPci(q35, devices(count, 'pci')).controllers.map(({ model }) => model)
    const first = ['pcie-root', 'pcie-root-port', 'pcie-to-pci-bridge']
    expect(models(31)).toEqual([...first, 'pcie-root-port'])
    expect(models(32)).toEqual([...first, 'pci-bridge', 'pcie-root-port'])
  })

  test('a bus that a user names brings all controllers below it', () => {
    const topology = { ...i440fx, controllers: [controller(2, 'pci-bridge')] }
    const named: PciRequest = { id: 'named', plug: 'pci', address: at(4, 6) }
    expect(bridges(topology, [named])).toEqual([
      '0 pci-root',
      '1 pci-bridge 0:2.0',
      '2 pci-bridge 0:3.0',
      '3 pci-bridge 0:4.0',
      '4 pci-bridge 0:5.0',
    ])
  })

  test('bus numbers of expander buses go down from the top in twos', () => {
    const pxb = (index: number, busNr?: number) =>
      controller(index, 'pci-expander-bus', busNr === undefined ? {} : { target: { busNr } })
    const { controllers } = assignPci({ ...i440fx, controllers: [pxb(1), pxb(2, 250), pxb(3)] }, [])
    expect(controllers.slice(1).map((it) => it.target.busNr)).toEqual([248, 250, 246])
  })
})

describe('PCI Express machines', () => {
  test('each device gets a root port, one more stays free, eight share a slot', () => {
    const result = assignPci(q35, devices(8, 'pcie'))
    expect(result.controllers.slice(1).map(line)).toEqual([
      ...Array.from({ length: 8 }, (_, n) => `${n + 1} pcie-root-port 0:1.${n}`),
      '9 pcie-root-port 0:2.0',
    ])
    expect(result.controllers.map((it) => it.place?.multifunction).filter(Boolean)).toHaveLength(1)
    expect(result.controllers[1]).toMatchObject({ place: { multifunction: true }, target: { chassis: 1, port: 0x8 } })
    expect(result.controllers[9]!.target).toEqual({ chassis: 9, port: 0x10 })
  })

  test('switches and bridges are placed by index, wherever the bus that accepts them comes from', () => {
    const topology = { ...q35, controllers: [controller(1, 'pcie-switch-upstream-port')] }
    expect(bridges(topology, devices(1, 'pci'))).toEqual([
      '0 pcie-root',
      '1 pcie-switch-upstream-port 2:0.0',
      '2 pcie-root-port 0:1.0',
      '3 pcie-root-port 0:1.1',
      '4 pcie-to-pci-bridge 3:0.0',
    ])
  })

  test.each([
    [1, '2:5.0', ['1 pcie-root-port 0:1.0', '2 pcie-to-pci-bridge 1:0.0', '3 pcie-root-port 0:1.1']],
    [2, '2:5.0', ['1 pcie-root-port 0:1.0', '2 pcie-to-pci-bridge 1:0.0', '3 pcie-root-port 0:1.1']],
    [
      3,
      '3:5.0',
      ['1 pcie-root-port 0:1.0', '2 pcie-to-pci-bridge 1:0.0', '3 pci-bridge 2:1.0', '4 pcie-root-port 0:1.1'],
    ],
  ])('a conventional device on bus %i that is not there ends at %s', (bus, place, added) => {
    const result = assignPci(q35, [{ id: 'named', plug: 'pci', address: at(bus, 5) }])
    expect(result.problems).toEqual([])
    expect(show(result.addresses.get('named')!.address)).toBe(place)
    expect(result.controllers.slice(1).map(line)).toEqual(added)
  })

  test('a bridge whose address names no place has no preferred one', () => {
    const bridge = controller(1, 'dmi-to-pci-bridge')
    expect(bridges({ ...q35, controllers: [bridge] }, [])[1]).toBe('1 dmi-to-pci-bridge 0:1e.0')
    expect(bridges({ ...q35, controllers: [{ ...bridge, anywhere: true }] }, [])[1]).toBe('1 dmi-to-pci-bridge 0:1.0')
  })

  test('a pci-bridge may be put where a device may', () => {
    const bridge = controller(2, 'pci-bridge', { address: at(1, 0) })
    expect(bridges({ ...q35, controllers: [controller(1, 'pcie-root-port'), bridge] }, [])).toEqual([
      '0 pcie-root',
      '1 pcie-root-port 0:1.0',
      '2 pci-bridge 1:0.0',
    ])
  })

  test('a user who plans root ports gets no spare one', () => {
    const topology = { ...q35, controllers: [controller(1, 'pcie-root-port')] }
    expect(bridges(topology, devices(2, 'pcie'))).toEqual([
      '0 pcie-root',
      '1 pcie-root-port 0:1.0',
      '2 pcie-root-port 0:1.1',
    ])
  })

  test('nothing is added where nothing needs a port', () => {
    expect(bridges(q35, devices(1, 'pcie', { address: at(0, 5) }))).toEqual(['0 pcie-root'])
  })

  test('a root port given with multifunction off shares its slot with nobody', () => {
    const port = controller(1, 'pcie-root-port', { address: at(0, 1), multifunction: false })
    expect(bridges({ ...q35, controllers: [port, controller(2, 'pcie-root-port')] }, [])).toEqual([
      '0 pcie-root',
      '1 pcie-root-port 0:1.0',
      '2 pcie-root-port 0:2.0',
    ])
  })

  test('conventional devices sit behind a pcie-to-pci-bridge in a root port', () => {
    const result = assignPci(q35, devices(2, 'pci'))
    expect(result.controllers.map(line)).toEqual([
      '0 pcie-root',
      '1 pcie-root-port 0:1.0',
      '2 pcie-to-pci-bridge 1:0.0',
      '3 pcie-root-port 0:1.1',
    ])
    expect([...result.addresses.values()].map((it) => show(it.address))).toEqual(['2:1.0', '2:2.0'])
  })

  test('without pcie-pci-bridge they sit on a pci-bridge behind a dmi-to-pci-bridge', () => {
    expect(bridges(withoutPcieToPci, devices(1, 'pci'))).toEqual([
      '0 pcie-root',
      '1 dmi-to-pci-bridge 0:1e.0',
      '2 pci-bridge 1:0.0',
      '3 pcie-root-port 0:1.0',
    ])
  })

  test("the user's own dmi-to-pci-bridge is used", () => {
    const topology = { ...q35, controllers: [controller(1, 'dmi-to-pci-bridge')] }
    expect(bridges(topology, devices(1, 'pci'))).toEqual([
      '0 pcie-root',
      '1 dmi-to-pci-bridge 0:1e.0',
      '2 pci-bridge 1:0.0',
    ])
  })

  test('downstream ports go to the switch, with the slot as port number', () => {
    const models = ['pcie-root-port', 'pcie-switch-upstream-port', 'pcie-switch-downstream-port'] as const
    const controllers = [...models, models[2]].map((model, n) => controller(n + 1, model))
    const result = assignPci({ ...q35, controllers }, devices(1, 'pcie'))
    expect(result.controllers.slice(1).map(line)).toEqual([
      '1 pcie-root-port 0:1.0',
      '2 pcie-switch-upstream-port 1:0.0',
      '3 pcie-switch-downstream-port 2:0.0',
      '4 pcie-switch-downstream-port 2:1.0',
    ])
    expect(result.controllers[4]!.target).toEqual({ chassis: 4, port: 1 })
    expect(show(result.addresses.get('device 0')!.address)).toBe('3:0.0')
  })

  test('an integrated device sits on the root bus', () => {
    expect(places(q35, devices(1, 'pcie', { integrated: true }))).toEqual(['0:1.0'])
  })

  test("a device that is attached does not go to a port with hotplug='off'", () => {
    const controllers = [
      controller(1, 'pcie-root-port', { target: { hotplug: false } }),
      controller(2, 'pcie-root-port'),
    ]
    expect(places({ ...q35, controllers }, devices(1, 'pcie', { hotplug: true }))).toEqual(['2:0.0'])
    expect(places({ ...q35, controllers }, devices(1, 'pcie'))).toEqual(['1:0.0'])
  })

  test('a preferred place is taken if it is free', () => {
    const wish = { preferred: [at(0, 0x1d), at(0, 0x1a)] }
    const wishers: PciRequest[] = ['a', 'b', 'c'].map((id) => ({ id, plug: 'pci', ...wish }))
    expect(places(q35, wishers)).toEqual(['0:1d.0', '0:1a.0', '2:1.0'])
  })

  test('what comes first falls back to the first free slot, before bridges and other devices', () => {
    const video: PciRequest = { id: 'video', plug: 'pci', first: true, preferred: [at(0, 2)] }
    const nic: PciRequest = { id: 'nic', plug: 'pci' }
    const topology = { ...i440fx, controllers: [controller(1, 'pci-bridge')] }
    expect(places(topology, [nic, video])).toEqual(['0:4.0', '0:2.0'])
    const taken: PciRequest = { id: 'balloon', plug: 'pci', address: at(0, 2) }
    expect(places(topology, [taken, nic, video])).toEqual(['0:2.0', '0:5.0', '0:3.0'])
    expect(places(topology, [taken, nic, { ...video, first: false }])).toEqual(['0:2.0', '0:4.0', '0:5.0'])
  })

  test('functions of one device share a slot, wherever it is', () => {
    const usb = (id: string, fn: number, more: Partial<PciRequest> = {}): PciRequest => ({
      id,
      plug: 'pci',
      sharedSlot: { key: 'usb 0', function: fn },
      ...more,
    })
    const result = assignPci(i440fx, [usb('ehci', 7), usb('uhci1', 0), usb('uhci2', 1)])
    expect([...result.addresses.values()].map((it) => show(it.address))).toEqual(['0:2.7', '0:2.0', '0:2.1'])
    expect(result.addresses.get('uhci1')!.multifunction).toBe(true)
    expect(places(i440fx, [usb('uhci1', 0), usb('ehci', 7, { address: at(0, 9, 7) })])).toEqual(['0:9.0', '0:9.7'])
  })

  test('root ports are ioh3420 where QEMU has no generic one', () => {
    const old = { ...q35, capabilities: { pciePciBridge: true, pcieRootPort: false } }
    expect(assignPci(old, devices(1, 'pcie')).controllers[1]!.modelName).toBe('ioh3420')
  })
})

describe('pseries', () => {
  test('host bridges grow, with the lowest free target index', () => {
    const result = assignPci(
      { ...pseries, controllers: [controller(1, 'pci-root', { target: { index: 4 } })] },
      devices(63, 'pci'),
    )
    expect(result.controllers.map((it) => [it.index, it.target.index])).toEqual([
      [0, 0],
      [1, 4],
      [2, 1],
    ])
    expect(result.controllers[2]).toMatchObject({
      created: true,
      model: 'pci-root',
      modelName: 'spapr-pci-host-bridge',
    })
  })

  test('groups of host devices have host bridges of their own, never the default one', () => {
    const requests: PciRequest[] = [
      { id: 'emulated', plug: 'pci' },
      { id: 'group 1', plug: 'pci', isolationGroup: 1 },
      { id: 'group 2', plug: 'pci', isolationGroup: 2 },
      { id: 'group 1 again', plug: 'pci', isolationGroup: 1 },
    ]
    expect(places(pseries, requests)).toEqual(['0:1.0', '1:1.0', '2:1.0', '1:2.0'])
  })

  test("a group follows the user's address of one of its devices", () => {
    const requests: PciRequest[] = [
      { id: 'free', plug: 'pci', isolationGroup: 7 },
      { id: 'given', plug: 'pci', isolationGroup: 7, address: at(2, 1) },
    ]
    expect(places(pseries, requests)).toEqual(['2:2.0', '2:1.0'])
  })
})

test('the trace says why', () => {
  const { trace } = assignPci(q35, [
    { id: 'a', plug: 'pcie' },
    { id: 'b', plug: 'pcie', address: at(0, 9) },
  ])
  const rulesOf = (subject: string) => trace.filter((it) => it.subject === subject).map((it) => it.rule)
  expect(rulesOf('a')).toEqual(['pci/first-free-slot'])
  expect(rulesOf('b')).toEqual(['pci/given'])
  expect(rulesOf('pci-controller-0')).toEqual(['pci/root'])
  expect(rulesOf('pci-controller-1')).toEqual(['pci/grown', 'pci/first-free-slot'])
  expect(rulesOf('pci-controller-2')).toEqual(['pci/grown', 'pci/next-function'])
})
