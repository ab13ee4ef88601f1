/** What the walk handles alike: a device's request, or a controller that is itself a device on some bus. */

import type { Occupant } from './bus.ts'
import { aggregates, isRoot } from './bus-rules.ts'
import type {
  PciAddress,
  PciController,
  PciControllerModel,
  PciPlug,
  PciRequest,
  PciTopology,
  ZpciWish,
} from './types.ts'

export interface Seat extends Occupant {
  readonly name: string
  readonly plug: PciPlug
  readonly address?: PciAddress | undefined
  readonly preferred?: readonly PciAddress[] | undefined
  readonly zpci?: ZpciWish | undefined
  readonly builtIn: boolean
  readonly first: boolean
  readonly numberedFirst?: boolean | undefined
  readonly sharedSlot?: { readonly key: string; readonly function: number } | undefined
  readonly integrated: boolean
  readonly hotplug: boolean
  readonly isolationGroup: number
  /** Index of the bus behind it, where this is a controller. */
  readonly downstream?: number
  /** Id of the request that an added controller was added for. */
  readonly neededBy?: string | undefined
}

/** A controller of the definition, or one that the engine adds. */
export interface PlannedController extends PciController {
  readonly created: boolean
  /** Id and name of the request it was added for. */
  readonly neededBy?: { readonly id: string; readonly name: string } | undefined
}

export const controllerName = (index: number, model: PciControllerModel): string => `PCI controller ${index} (${model})`

/** A root sits nowhere, nor does what has an address of another kind. */
export function controllerSeat(controller: PlannedController, topology: PciTopology): Seat | undefined {
  const plug = controller.model
  if (isRoot(plug) || controller.elsewhere) return undefined
  return {
    id: controller.id,
    name: controllerName(controller.index, controller.model),
    plug,
    address: controller.address,
    multifunction: controller.multifunction,
    zpci: controller.zpci,
    preferred: controller.anywhere ? undefined : topology.preferredSlots?.[controller.model],
    aggregates: aggregates(plug),
    builtIn: false,
    first: false,
    integrated: false,
    hotplug: false,
    isolationGroup: 0,
    downstream: controller.index,
    neededBy: controller.neededBy?.id,
  }
}

/** On a conventional machine a PCI Express device is a conventional one. */
export function requestSeat(request: PciRequest, topology: PciTopology): Seat {
  return {
    id: request.id,
    name: request.name ?? request.id,
    plug: topology.root === 'pci-root' ? 'pci' : request.plug,
    address: request.address,
    multifunction: request.multifunction,
    zpci: request.zpci,
    preferred: request.preferred,
    aggregates: false,
    builtIn: request.builtIn ?? false,
    first: request.first ?? false,
    numberedFirst: request.numberedFirst,
    sharedSlot: request.sharedSlot,
    integrated: request.integrated ?? false,
    hotplug: request.hotplug ?? false,
    isolationGroup: topology.isolation ? (request.isolationGroup ?? 0) : 0,
  }
}
