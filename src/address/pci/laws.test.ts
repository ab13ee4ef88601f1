/** What holds for whatever a user writes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignPci } from './assign.ts'
import { BUS_RULES, isRoot } from './bus-rules.ts'
import { controller, i440fx, pseries, q35, s390, show, withoutPcieToPci } from './topologies.fixture.ts'
import type { PciAddress, PciControllerModel, PciRequest, PciResult, PciTopology } from './types.ts'

const models: Record<'pci-root' | 'pcie-root', readonly PciControllerModel[]> = {
  'pci-root': ['pci-bridge', 'pci-expander-bus'],
  'pcie-root': [
    'pcie-root-port',
    'pcie-root-port',
    'pcie-switch-upstream-port',
    'pcie-switch-downstream-port',
    'dmi-to-pci-bridge',
    'pci-bridge',
    'pcie-to-pci-bridge',
    'pcie-expander-bus',
  ],
}

const address = fc.record<PciAddress>({
  bus: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 6 }) }, fc.integer({ min: 0, max: 40 })),
  slot: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 33 })),
  function: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 8 })),
})

const request = fc.record(
  {
    plug: fc.constantFrom<'pci' | 'pcie'>('pci', 'pcie', 'pcie'),
    address,
    multifunction: fc.boolean(),
    integrated: fc.boolean(),
    first: fc.boolean(),
    hotplug: fc.boolean(),
    isolationGroup: fc.integer({ min: 0, max: 3 }),
    zpci: fc.record(
      { uid: fc.integer({ min: 0, max: 20 }), fid: fc.integer({ min: 0, max: 20 }) },
      { requiredKeys: [] },
    ),
    preferred: fc.array(address, { maxLength: 2 }),
    sharedSlot: fc.record({ key: fc.constantFrom('usb 0', 'usb 1'), function: fc.integer({ min: 0, max: 7 }) }),
  },
  { requiredKeys: ['plug'] },
)

const requests = fc
  .array(request, { maxLength: 60 })
  .map((all): PciRequest[] => all.map((it, n) => ({ ...it, id: `device ${n}` })))

const topology = fc
  .constantFrom(i440fx, q35, withoutPcieToPci, pseries, s390)
  .chain((machine): fc.Arbitrary<PciTopology> => {
    const many = machine.hostBridges === 'many'
    const known = models[machine.root === 'pcie-root' ? 'pcie-root' : 'pci-root']
    const model = many ? fc.constant<PciControllerModel>('pci-root') : fc.constantFrom(...known)
    const one = fc.record({ index: fc.integer({ min: 1, max: 12 }), model, address: fc.option(address, { freq: 4 }) })
    return fc.uniqueArray(one, { maxLength: 8, selector: (it) => it.index }).map((all) => ({
      ...machine,
      controllers: all.map((it) =>
        controller(it.index, it.model, it.address && !isRoot(it.model) ? { address: it.address } : {}),
      ),
    }))
  })

const errorsOf = (result: PciResult) => result.problems.filter((problem) => problem.severity === 'error')
const placesOf = (result: PciResult) => [
  ...result.addresses,
  ...result.controllers.flatMap((it) => (it.place ? [[it.id, it.place] as const] : [])),
]
const law = (check: (topology: PciTopology, requests: PciRequest[]) => void) =>
  fc.assert(fc.property(topology, requests, check), { numRuns: 300 })

test('no two devices sit at one place, and every place is on a bus that has it', () => {
  law((machine, wishes) => {
    const result = assignPci(machine, wishes)
    const places = placesOf(result).map(([, place]) => place.address)
    const all = [...places, ...(machine.reservations ?? []).map((it) => it.address)].map(show)
    expect(new Set(all).size).toBe(all.length)
    for (const { bus, slot, function: fn } of places) {
      const { firstSlot, lastSlot } = BUS_RULES[result.controllers[bus]!.model]
      expect(slot >= firstSlot && slot <= lastSlot && fn >= 0 && fn <= 7).toBe(true)
    }
  })
})

test("a user's address is never moved but to the conventional bus behind a new port, and whoever has none was refused by name", () => {
  law((machine, wishes) => {
    const result = assignPci(machine, wishes)
    const refused = new Set(errorsOf(result).flatMap((problem) => problem.requests))
    for (const wish of wishes) {
      const place = result.addresses.get(wish.id)
      if (place === undefined) expect(refused).toContain(wish.id)
      else if (wish.address) {
        const model = result.controllers[wish.address.bus]?.model
        const behindPort = place.address.bus === wish.address.bus + 1 && model === 'pcie-root-port'
        const bus = behindPort ? wish.address.bus + 1 : wish.address.bus
        expect(place).toMatchObject({ address: { ...wish.address, bus }, origin: 'given' })
      } else expect(place.origin).toBe('assigned')
    }
  })
})

const circles = (result: PciResult) =>
  result.problems.filter(({ code }) => code === 'address/pci-cycle').flatMap(({ requests }) => requests)

/** The buses below a controller, down to a root or until one comes again. */
function busesBelow({ controllers }: PciResult, index: number): Set<number> {
  const passed = new Set<number>()
  for (let at = controllers[index]!; !isRoot(at.model); at = controllers[at.place!.address.bus]!) {
    const { bus } = at.place!.address
    if (passed.has(bus)) break
    passed.add(bus)
  }
  return passed
}

test('controllers have every index up to the highest, and hang on the root, but for those that are told to go in a circle', () => {
  law((machine, wishes) => {
    const result = assignPci(machine, wishes)
    expect(result.controllers.map((it) => it.index)).toEqual(result.controllers.map((_, n) => n))
    if (errorsOf(result).length > 0) return
    const told = new Set(circles(result))
    for (const { id, index } of result.controllers) {
      const below = busesBelow(result, index)
      expect(below.has(index)).toBe(told.has(id))
      const ends = [...below].some(
        (bus) => isRoot(result.controllers[bus]!.model) || told.has(result.controllers[bus]!.id),
      )
      expect(ends || isRoot(result.controllers[index]!.model)).toBe(true)
    }
  })
})

test('switches that hang on each other are told', () => {
  const switches = [controller(1, 'pcie-switch-downstream-port'), controller(2, 'pcie-switch-upstream-port')]
  expect(circles(assignPci({ ...q35, controllers: switches }, []))).toEqual(['pci 1', 'pci 2'])
})

test('numbers that the guest sees are unique', () => {
  law((machine, wishes) => {
    const result = assignPci(machine, wishes)
    const numbers = [
      result.controllers.flatMap((it) => it.target.chassis ?? []),
      result.controllers.flatMap((it) => it.target.chassisNr ?? []),
      result.controllers.flatMap((it) => it.target.busNr ?? []),
      placesOf(result).flatMap(([, place]) => place.zpci?.uid ?? []),
      placesOf(result).flatMap(([, place]) => place.zpci?.fid ?? []),
    ]
    for (const list of numbers) expect(new Set(list).size).toBe(list.length)
  })
})

test('the same input gives the same result', () => {
  law((machine, wishes) => {
    expect(assignPci(machine, wishes)).toEqual(assignPci(machine, wishes))
  })
})

test('a result given back changes nothing', () => {
  law((machine, wishes) => {
    const first = assignPci(machine, wishes)
    if (errorsOf(first).length > 0) return
    const controllers = first.controllers.map((it) => ({ ...it, ...it.place }))
    const again = wishes.map((it) => ({ ...it, ...first.addresses.get(it.id)! }))
    const second = assignPci({ ...machine, controllers }, again)
    expect(errorsOf(second)).toEqual([])
    const addresses = (result: PciResult) => [...result.addresses].map(([id, { origin: _, ...place }]) => [id, place])
    expect(addresses(second)).toEqual(addresses(first))
    const shape = (result: PciResult) =>
      result.controllers.map(({ created: _, place, ...it }) => ({ ...it, place: place && { ...place, origin: '' } }))
    expect(shape(second)).toEqual(shape(first))
    expect(second.controllers.some((it) => it.created)).toBe(false)
  })
})
