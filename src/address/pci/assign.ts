/** The PCI engine's one function; see `types.ts` for what goes in and out. */
import type { AddressDecision, AddressProblem } from '../problem.ts'
import { checkBridgeOrder } from './bridge-order.ts'
import { isRoot } from './bus-rules.ts'
import { checkControllers } from './check.ts'
import { gapModel } from './growth.ts'
import { ControllerNumbers, modelNameOf } from './numbers.ts'
import { controllerSeat, type PlannedController, requestSeat, type Seat } from './seat.ts'
import type { PciAssignment, PciController, PciRequest, PciResult, PciTopology } from './types.ts'
import { Walk } from './walk.ts'
import { assignZpci } from './zpci.ts'

/**
 * Gives every request and every PCI controller its place.
 * Problems have codes `address/pci-…` and `address/zpci-…`; see `refuse.ts`, `check.ts`, `numbers.ts`, `zpci.ts`.
 */
export function assignPci(topology: PciTopology, requests: readonly PciRequest[]): PciResult {
  const { usable, problems: unusable } = checkControllers(topology)
  const growth: AddressDecision[] = []
  let controllers = withoutGaps(topology, usable, growth)
  const userHasControllers = usable.some((controller) => !isRoot(controller.model))
  let seats = requests.map((request) => requestSeat(request, topology))
  let walk: Walk
  for (let isFirst = true; ; isFirst = false) {
    walk = new Walk(topology, isFirst)
    walk.run(controllers, seats, userHasControllers)
    if (walk.grown.length === 0) break
    controllers = [...controllers, ...walk.grown]
    const { moved } = walk
    seats = seats.map((seat) => (moved.has(seat.id) ? { ...seat, address: moved.get(seat.id) } : seat))
    if (walk.isStuck) break
    growth.push(...walk.growth)
  }
  // With another root nothing can be where it was meant to be: what follows from it would only hide the reason.
  const wrongRoot = unusable.some(({ code }) => code === 'address/pci-wrong-root')
  const problems = wrongRoot ? unusable : [...unusable, ...walk.problems]
  return finish({ topology, controllers, seats, walk, growth, problems })
}

/** Field by field, so that all have one layout. */
function plannedAsGiven(controller: PciController): PlannedController {
  const { id, index, model, address, anywhere, elsewhere, zpci, multifunction, modelName, target } = controller
  return { id, index, model, address, anywhere, elsewhere, zpci, multifunction, modelName, target, created: false }
}

/** The root is always there, and so is a controller for every index below the highest one. */
function withoutGaps(
  topology: PciTopology,
  given: readonly PciController[],
  growth: AddressDecision[],
): PlannedController[] {
  if (topology.root === 'none') return []
  const planned: PlannedController[] = given.map(plannedAsGiven)
  const known = new Set(given.map((controller) => controller.index))
  const highest = Math.max(0, ...known)
  for (let index = 0; index <= highest; index++) {
    if (known.has(index)) continue
    const id = `pci-controller-${index}`
    const model = index === 0 ? topology.root : gapModel(topology)
    planned.push({ id, index, model, created: true })
    const rule = index === 0 ? 'pci/root' : 'pci/index-gap'
    growth.push({ subject: id, rule })
  }
  return planned.sort((a, b) => a.index - b.index)
}

/**
 * Controllers of the user and those that their indexes call for, by index; devices that go ahead of the added controllers,
 * those, all else.
 */
function numberedInOrder(placed: readonly Seat[], controllers: readonly PlannedController[]): Seat[] {
  const grown = new Map(controllers.map((it) => [it.id, it.neededBy !== undefined]))
  const rank = ({ id, numberedFirst }: Seat) =>
    grown.get(id) === false ? 0 : numberedFirst ? 1 : grown.has(id) ? 2 : 3
  const index = (seat: Seat) => (rank(seat) === 0 ? (seat.downstream ?? 0) : 0)
  return [...placed].sort((a, b) => rank(a) - rank(b) || index(a) - index(b))
}

interface Finished {
  readonly topology: PciTopology
  readonly controllers: readonly PlannedController[]
  readonly seats: readonly Seat[]
  readonly walk: Walk
  readonly growth: readonly AddressDecision[]
  readonly problems: AddressProblem[]
}

function finish({ topology, controllers, seats, walk, growth, problems }: Finished): PciResult {
  const bridges = controllers.flatMap((controller) => controllerSeat(controller, topology) ?? [])
  const placed = [...bridges, ...seats].filter((seat) => walk.places.has(seat.id))
  const zpci = topology.zpci ? assignZpci(numberedInOrder(placed, controllers)) : undefined
  const numbers = new ControllerNumbers(topology, controllers)
  if (!walk.isStuck) problems.push(...checkBridgeOrder(controllers, walk.places))
  problems.push(...numbers.problems, ...(zpci?.problems ?? []))
  const places = new Map<string, PciAssignment>()
  for (const seat of placed) {
    const address = walk.places.get(seat.id)!
    const shares = address.function === 0 && walk.buses[address.bus]!.hasFurtherFunctions(address.slot)
    if (shares && seat.multifunction === false) problems.push(multifunctionOff(seat))
    const multifunction = seat.multifunction ?? (shares || undefined)
    places.set(seat.id, {
      address,
      origin: seat.address === undefined ? 'assigned' : 'given',
      multifunction,
      zpci: zpci?.numbers.get(seat.id),
    })
  }
  const results = controllers.map((controller) => {
    const { id, index, model, created } = controller
    const place = places.get(id)
    const modelName = modelNameOf(controller, topology)
    return { id, index, model, created, place, modelName, target: numbers.targetOf(controller, place?.address) }
  })
  const ids = new Set(seats.map((seat) => seat.id))
  return {
    addresses: new Map([...places].filter(([id]) => ids.has(id))),
    controllers: results,
    problems,
    trace: [...growth, ...walk.trace],
  }
}

/** QEMU refuses such a slot at start. */
const multifunctionOff = (seat: Seat): AddressProblem => ({
  code: 'address/pci-multifunction-off',
  severity: 'warning',
  message: `${seat.name}: multifunction='off' on function 0 of a slot whose other functions are used`,
  hint: "leave multifunction out, or say 'on'",
  requests: [seat.id],
})
