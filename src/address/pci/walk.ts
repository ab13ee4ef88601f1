/**
 * One walk over everything that wants a PCI place, with a given set of controllers: what the user gave first, then
 * places that are preferred, then controllers and devices in order. Where no bus has room a controller is added, and
 * the caller walks again with it: bridges come before devices, so a new one moves what was assigned.
 */
import { type AddressDecision, type AddressProblem, addressError } from '../problem.ts'
import { Bus } from './bus.ts'
import { aggregates, fits, isEndpoint, isRoot, sitsOnItself } from './bus-rules.ts'
import { grownModels, MAX_BUS } from './growth.ts'
import { describePlug, refuseAddress } from './refuse.ts'
import { controllerName, controllerSeat, type PlannedController, type Seat } from './seat.ts'
import type { PciAddress, PciControllerModel, PciTopology } from './types.ts'

interface Place {
  readonly bus: Bus
  readonly slot: number
  readonly function: number
}

const SPARE: Seat = {
  id: 'spare slot',
  name: 'a slot left free for hotplug',
  plug: 'pcie',
  aggregates: false,
  builtIn: false,
  first: false,
  integrated: false,
  hotplug: false,
  isolationGroup: 0,
}

export class Walk {
  readonly places = new Map<string, PciAddress>()
  readonly problems: AddressProblem[] = []
  readonly trace: AddressDecision[] = []
  /** Controllers that had to be added. */
  readonly grown: PlannedController[] = []
  readonly growth: AddressDecision[] = []
  readonly buses: Bus[] = []
  /** Given addresses that stand for another place, by the seat. */
  readonly moved = new Map<string, PciAddress>()
  /** Something found no place at all: what would be added after it cannot help it. */
  isStuck = false
  readonly #topology: PciTopology
  readonly #isFirst: boolean
  readonly #names = new Map<string, string>()
  readonly #machine = new Set<string>()
  readonly #sharedSlots = new Map<string, Place>()
  /** Buses below hold nothing for this kind of seat; places are never given back, so it only rises. */
  readonly #searchFrom = new Map<string, number>()

  /** @param isFirst nobody walked before: what is missing may still be added, bridges for conventional devices included. */
  constructor(topology: PciTopology, isFirst: boolean) {
    this.#topology = topology
    this.#isFirst = isFirst
  }

  /** @param userHasControllers the definition names PCI controllers beside the root: the user plans the topology. */
  run(controllers: readonly PlannedController[], requests: readonly Seat[], userHasControllers: boolean): void {
    for (const controller of controllers) this.#addBus(controller)
    const bridges = controllers.flatMap((controller) => controllerSeat(controller, this.#topology) ?? [])
    const seats = [...bridges, ...requests]
    for (const seat of seats) this.#names.set(seat.id, seat.name)
    this.#reserve()
    this.#reachGivenBuses(seats)
    for (const builtIn of [true, false]) {
      for (const seat of seats) {
        const address = this.moved.get(seat.id) ?? seat.address
        if (address && seat.builtIn === builtIn) this.#takeGiven(seat, address)
      }
    }
    const userFilledAll = this.buses.every((bus) => !bus.rule.autoAssign || bus.firstFree(false) === undefined)
    const unplaced = seats.filter((seat) => seat.address === undefined && !this.#takePreferred(seat))
    for (const seat of unplaced) if (seat.first) this.#assign(seat)
    for (const seat of unplaced) if (!seat.first) this.#assign(seat)
    this.#keepSpare(userFilledAll, userHasControllers)
  }

  /**
   * Something can be plugged in later. Conventional machines: unless the user's addresses fill every bus. PCI
   * Express: one root port, where any bus but the root is there and the user has not planned the topology.
   */
  #keepSpare(userFilledAll: boolean, userHasControllers: boolean): void {
    const spare: Seat = { ...SPARE, plug: 'pci' }
    if (this.#topology.root === 'pci-root' && !userFilledAll && !this.#grow(spare) && !this.#isFirst)
      this.#refuse(spare)
    const expressGrown = this.#topology.root === 'pcie-root' && this.buses.length > 1
    if (expressGrown && !userHasControllers) this.#grow({ ...SPARE, hotplug: true })
  }

  #addBus(controller: PlannedController): void {
    const bus = new Bus(controller.index, controller.model, controller.target?.hotplug ?? true)
    // host devices that are to be isolated never go to the default host bridge
    if (controller.index === 0) bus.isolationGroup = 0
    this.buses[controller.index] = bus
  }

  #create(model: PciControllerModel, neededBy: Seat, rule: string): PlannedController {
    const index = this.buses.length
    const id = `pci-controller-${index}`
    const controller = { id, index, model, created: true, neededBy: { id: neededBy.id, name: neededBy.name } }
    this.#names.set(id, controllerName(index, model))
    this.grown.push(controller)
    this.growth.push({ subject: id, rule })
    this.#addBus(controller)
    return controller
  }

  #reserve(): void {
    for (const { address, holder } of this.#topology.reservations ?? []) {
      this.#machine.add(holder)
      this.buses[address.bus]?.take(address.slot, address.function, { id: holder, aggregates: false })
    }
  }

  /**
   * A user who names bus 5 gets controllers 1 to 5. Behind a PCI Express root the first bus for conventional devices is the
   * second of a pair: where the user named the first, the device moves. Source: oracle (11.3), e1000 on buses 1 to 6 of q35.
   */
  #reachGivenBuses(seats: readonly Seat[]): void {
    for (const seat of seats) {
      const { address } = seat
      if (address === undefined || address.bus > MAX_BUS || (address.domain ?? 0) !== 0) continue
      const known = this.buses.length
      while (this.buses.length <= address.bus) if (!this.#reachFurther(seat)) break
      const isReached = this.buses.length > known
      if (isReached && this.buses.length - 1 > address.bus)
        this.moved.set(seat.id, { ...address, bus: address.bus + 1 })
    }
  }

  #reachFurther(seat: Seat): boolean {
    const models = grownModels(this.#topology, seat.plug, this.#hasBridgeBus())
    if (models.length === 0 || this.buses.length + models.length > MAX_BUS + 1) return false
    for (const model of models) {
      this.#create(model, seat, 'pci/named-bus')
    }
    return true
  }

  #takeGiven(seat: Seat, address: PciAddress): void {
    const bus = this.buses[address.bus]
    const id = bus?.holder(address.slot, address.function)
    const isMachine = id !== undefined && this.#machine.has(id)
    const holder =
      id === undefined || (isMachine && seat.builtIn) ? undefined : { id, name: this.#names.get(id) ?? id, isMachine }
    const fitsBus = bus !== undefined && fits(bus.rule, seat.plug)
    const problem = refuseAddress({ seat, address, bus, fitsBus, holder })
    if (problem !== undefined) this.problems.push(problem)
    else if (bus) this.#put(seat, { bus, slot: address.slot, function: address.function }, 'pci/given')
  }

  #put(seat: Seat, place: Place, rule: string): void {
    const { bus, slot } = place
    const address = { bus: bus.index, slot, function: place.function }
    bus.take(slot, place.function, seat)
    bus.isolationGroup ??= seat.isolationGroup
    this.places.set(seat.id, address)
    const key = seat.sharedSlot?.key
    if (key !== undefined && !this.#sharedSlots.has(key)) this.#sharedSlots.set(key, place)
    this.trace.push({ subject: seat.id, rule })
  }

  #takePreferred(seat: Seat): boolean {
    for (const wish of seat.preferred ?? []) {
      const bus = this.buses[wish.bus]
      if (bus === undefined || !fits(bus.rule, seat.plug) || (seat.integrated && bus.index !== 0)) continue
      if (this.#takeShared(seat)) return true
      const place = { bus, slot: wish.slot, function: seat.sharedSlot?.function ?? wish.function }
      if (!bus.isEmptySlot(wish.slot) || !bus.has(place.slot, place.function)) continue
      this.#put(seat, place, 'pci/preferred-slot')
      return true
    }
    return false
  }

  /** The slot where other functions of the same device sit already. */
  #takeShared(seat: Seat): boolean {
    const shared = seat.sharedSlot
    const place = shared && this.#sharedSlots.get(shared.key)
    if (!shared || !place || (seat.integrated && place.bus.index !== 0)) return false
    if (place.bus.holder(place.slot, shared.function) !== undefined) return false
    this.#put(seat, { ...place, function: shared.function }, 'pci/shared-slot')
    return true
  }

  #settle(seat: Seat): boolean {
    if (this.#takeShared(seat)) return true
    const place = this.#find(seat)
    if (place === undefined) return false
    if (place.function > 0) {
      this.#put(seat, place, 'pci/next-function')
    } else {
      this.#put(seat, { ...place, function: seat.sharedSlot?.function ?? 0 }, 'pci/first-free-slot')
    }
    return true
  }

  #assign(seat: Seat): void {
    if (!this.#settle(seat) && !(this.#grow(seat) && this.#settle(seat))) this.#refuse(seat)
  }

  #refuse(seat: Seat): void {
    this.isStuck = true
    const isNone = this.#topology.root === 'none'
    const why = isNone ? 'this machine has no PCI bus' : 'no PCI bus has a free slot'
    const limit = this.buses.length > MAX_BUS ? ' beyond bus 255' : ''
    const message = `${seat.name}: ${why} for ${describePlug(seat.plug)}, and none can be added${limit}`
    // where a bridge was added for a device, it is the device that has no place
    const requests = [seat.neededBy, seat.id]
    const hint =
      seat.downstream === undefined || seat.neededBy !== undefined
        ? undefined
        : 'add a PCI controller that it may sit on, such as a pcie-root-port'
    this.problems.push(addressError(isNone ? 'pci-unavailable' : 'pci-no-slot', message, requests, hint))
  }

  /** Adds what it takes until a bus accepts the seat; false where nothing can be added. */
  #grow(seat: Seat): boolean {
    while (this.#find(seat) === undefined) {
      const models = grownModels(this.#topology, seat.plug, this.#hasBridgeBus())
      if (models.length === 0 || seat.integrated) return false
      for (const model of models) {
        if (!this.#canAdd(model)) return false
        this.#add(model, seat)
      }
    }
    return true
  }

  /**
   * A bridge needs a place, unless it is one that may sit on another of its model. How many of those there are is counted
   * once, without the slots that they take: what those lack later is refused. Source: oracle (11.3), 26 to 126 cards on pc and q35.
   */
  #canAdd(model: PciControllerModel): boolean {
    if (this.buses.length > MAX_BUS) return false
    if (sitsOnItself(model)) return this.#isFirst
    return isRoot(model) || this.#find({ ...SPARE, plug: model, aggregates: aggregates(model) }) !== undefined
  }

  #add(model: PciControllerModel, seat: Seat): void {
    const bridge = controllerSeat(this.#create(model, seat, 'pci/grown'), this.#topology)
    const place = bridge && !sitsOnItself(model) ? this.#find(bridge) : undefined
    if (bridge && place) this.#put(bridge, place, 'pci/first-free-slot')
  }

  #hasBridgeBus(): boolean {
    return this.buses.some(({ rule }) => rule.accepts.has('pci-bridge'))
  }

  #find(seat: Seat): Place | undefined {
    if (seat.isolationGroup === 0) return this.#search(seat, (bus) => (bus.isolationGroup ?? 0) === 0)
    return (
      this.#search(seat, (bus) => bus.isolationGroup === seat.isolationGroup) ??
      this.#search(seat, (bus) => bus.isolationGroup === undefined && isRoot(bus.model))
    )
  }

  #search(seat: Seat, belongs: (bus: Bus) => boolean): Place | undefined {
    const cached = seat.downstream === undefined && seat.isolationGroup === 0
    const key = `${seat.plug} ${seat.hotplug} ${seat.integrated} ${seat.aggregates}`
    for (let index = cached ? (this.#searchFrom.get(key) ?? 0) : 0; index < this.buses.length; index++) {
      const bus = this.buses[index]!
      const free = this.#suits(bus, seat) && belongs(bus) ? bus.firstFree(seat.aggregates) : undefined
      if (free === undefined) continue
      if (cached) this.#searchFrom.set(key, index)
      return { bus, ...free }
    }
    return undefined
  }

  #suits(bus: Bus, seat: Seat): boolean {
    if (!bus.rule.accepts.has(seat.plug) || (seat.hotplug && !bus.hotplug)) return false
    if (seat.integrated) return bus.index === 0
    return !isEndpoint(seat.plug) || bus.rule.autoAssign
  }
}
