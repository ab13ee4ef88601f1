import type { Controller, PciController } from '../definition.ts'
import { own } from '../own.ts'
import { cellId } from './memory.ts'
import { type Plan, placeOf } from './plan.ts'
import { machineBuses, seatOf } from './seats.ts'

/** A controller that is a bus of its own; a companion and a switched-off one are not. */
const isBus = (controller: Controller) =>
  !('master' in controller && controller.master !== undefined) &&
  !('model' in controller && controller.model === 'none')

const busId = (controller: Controller) => `${controller.type}:${controller.index ?? 0}`

function titleOf(controller: Controller): string {
  const { type, index = 0 } = controller
  if (type === 'pci') return `${controller.model === 'pcie-root' ? 'pcie' : 'pci'}.${index}`
  return `${type}${index}`
}

/** Every controller as the bus that it makes; put into the bus that its own address names once all are there. */
export function addBuses(plan: Plan): void {
  const { origins, devices } = plan.context
  const ids = new Map<Controller, string>()
  devices.controller.forEach((controller, position) => {
    if ('model' in controller && controller.model === 'none') return
    const own = busId(controller)
    const id = isBus(controller) && !plan.has(own) ? own : `controller:${position}`
    ids.set(controller, id)
    plan.add({
      id,
      group: 'bus',
      title: titleOf(controller),
      seat: controller.address && seatOf(controller.address).seat,
      facts: ['model' in controller ? controller.model : undefined, chassisOf(controller)],
      place: placeOf(origins, controller),
    })
  })
  for (const [controller, id] of ids) {
    if (controller.type === 'pci') linkCell(plan, controller, id)
  }
}

/** Puts every bus into the one around it: the guest where it has no address. */
export function seatBuses(plan: Plan, guest: string): void {
  const { devices } = plan.context
  devices.controller.forEach((controller, position) => {
    const own = busId(controller)
    const made = `controller:${position}`
    const id = plan.has(made) ? made : own
    if (!plan.has(id)) return
    plan.put(
      id,
      controller.address === undefined
        ? rootOf(plan, controller, guest)
        : needBus(plan, seatOf(controller.address).within, guest),
    )
  })
}

/** A PCI root is the machine's own; a controller of another kind without an address is on the board. */
function rootOf(plan: Plan, { type }: Controller, guest: string): string {
  return type === 'pci' ? guest : needBus(plan, 'board', guest)
}

function linkCell(plan: Plan, { target }: PciController, id: string): void {
  const cell = target?.node === undefined ? undefined : cellId(target.node)
  if (cell !== undefined && plan.has(cell)) plan.link(cell, id, 'near')
}

function chassisOf(controller: Controller): string | undefined {
  if (controller.type !== 'pci') return undefined
  const { chassis, chassisNr, busNr } = controller.target ?? {}
  const number = chassis ?? chassisNr
  if (busNr !== undefined) return `bus ${busNr}`
  return number === undefined ? undefined : `chassis ${number}`
}

/** The node of a bus that an address names: the machine's own is made at first use, and so is one that is missing. */
export function needBus(plan: Plan, id: string, guest: string): string {
  if (!plan.has(id)) {
    plan.add({ id, group: 'bus', title: own(machineBuses, id) ?? id.replace(':', ' ') })
    plan.put(id, guest)
  }
  return id
}
