import type { Context, DeviceOf, KindName } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addBuses, needBus, seatBuses } from './buses.ts'
import { showOf } from './devices/registry.ts'
import { addProcessorsAndMemory } from './memory.ts'
import { Plan, placeOf } from './plan.ts'
import { type Seat, seatOf } from './seats.ts'
import type { Topology } from './topology.ts'

/** Kinds that have no place of their own: controllers are buses, and filters only hold rules. */
const apart: ReadonlySet<KindName> = new Set<KindName>(['controller', 'redirfilter'])

/**
 * The picture of a guest whose definition is complete (`complete()`): the buses as a tree, the devices on them in the
 * order of their seats, and what they lead to. Addresses that a start would hand out are not in it.
 */
export function drawTopology(context: Context): Topology {
  const plan = new Plan(context)
  const { definition, origins } = context
  const guest = plan.add({
    id: 'guest',
    group: 'guest',
    title: definition.name ?? 'guest',
    facts: [definition.type, definition.os.type.arch, definition.os.type.machine],
    place: placeOf(origins, definition),
  })
  addProcessorsAndMemory(plan, guest)
  addBuses(plan)
  seatBuses(plan, guest)
  const { emulator: _, ...kinds } = context.devices
  // Hubs first: devices may sit on them.
  const names = Object.keys(kinds) as KindName[]
  for (const kind of new Set<KindName>(['hub', ...names])) if (!apart.has(kind)) addDevices(plan, kind, guest)
  return inOrder(plan.finish(guest))
}

function addDevices<K extends KindName>(plan: Plan, kind: K, guest: string): void {
  const devices = plan.context.devices[kind] as readonly DeviceOf<K>[]
  devices.forEach((device, index) => {
    const { name, facts, driveBus, within, leads } = showOf(kind)(device, plan)
    const { address } = device as Addressable
    const seat = onHub(plan, device, seatOf(address, driveBus))
    const id = plan.add({
      id: `${kind}:${index}`,
      group: 'device',
      title: name === undefined || name === '' ? kind : `${kind} ${name}`,
      seat: seat.seat,
      facts: facts ?? [],
      place: placeOf(plan.context.origins, device),
    })
    plan.put(id, needBus(plan, within !== undefined && plan.has(within) ? within : seat.within, guest))
    leads?.(plan, id)
  })
}

/** Port 1.2 is the second port of the hub at port 1. */
function onHub(plan: Plan, device: object, seat: Seat): Seat {
  const port = seat.seat?.match(/^port ([\d.]+)\.(\d+)$/)
  if (!port) return seat
  const bus = seat.within
  const index = plan.context.devices.hub.findIndex(
    (hub) => hub !== device && hub.address !== undefined && same(seatOf(hub.address), bus, `port ${port[1]}`),
  )
  return index < 0 || !plan.has(`hub:${index}`) ? seat : { within: `hub:${index}`, seat: `port ${port[2]}` }
}

const same = (seat: Seat, within: string, at: string) => seat.within === within && seat.seat === at

type Node = Topology['guest']

/** Inside a bus, by the seat where all have one of the same width; else as they came. */
function inOrder(topology: Topology): Topology {
  return { ...topology, guest: sorted(topology.guest) }
}

function sorted(node: Node): Node {
  const inside = node.inside.map(sorted)
  if (node.group === 'bus') inside.sort((a, b) => compareSeats(a.seat, b.seat))
  return { ...node, inside }
}

function compareSeats(a = '', b = ''): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length
}
