import { assignPci } from '../address/pci/assign.ts'
import type {
  PciAddress,
  PciAssignment,
  PciControllerResult,
  PciRequest,
  PciTopology,
  PciController as TopologyController,
} from '../address/pci/types.ts'
import type { AddressDecision } from '../address/problem.ts'
import type { PciWish } from '../context/address-wish.ts'
import type { Context } from '../context/context.ts'
import { placeForController } from '../context/controller-place.ts'
import type { PciController } from '../definition.ts'
import { pciTarget } from '../devices/controller/pci-element.ts'
import { type Address, address, type PciGuestAddress } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { isUnsetPci } from '../fragments/pci-address.ts'
import { addressRule } from '../origin/origin.ts'
import { dated } from '../release/dated.ts'
import { reportAddressProblem } from './address-problem.ts'
import { eachDevice, planOf } from './each-device.ts'
import { turnsOf } from './turns.ts'

/** Gives PCI devices their slots and grows the controllers they need. */
export function assignPciAddresses(context: Context): void {
  const subjects = new Map<string, Addressable>()
  const topology = topologyOf(context, subjects)
  const requests = requestsOf(context, subjects)
  if (!topology.zpci) refuseZpci(context)
  if (topology.root === 'none' && requests.length + topology.controllers.length === 0) return
  const result = assignPci(topology, requests)
  const rules = new Map(result.trace.map((decision) => [decision.subject, decision]))
  for (const problem of result.problems) reportAddressProblem(problem, subjects, context)
  for (const it of result.controllers) place(it, subjects, rules, context)
  for (const [id, assignment] of result.addresses) setAddress(subjects.get(id)!, assignment, rules.get(id), context)
}

/** uid and fid are of s390x alone. */
function refuseZpci(context: Context): void {
  eachDevice(context, 'all', ({ address: at }) => {
    if (at?.type !== 'pci' || at.zpci === undefined) return
    context.error({
      code: 'address/zpci-unsupported',
      message: 'Only a guest of s390x whose QEMU has the device zpci takes a uid and fid.',
      hint: 'Remove <zpci>.',
      at: at.zpci,
    })
  })
}

type Given = { readonly [K in 'address' | 'multifunction' | 'zpci']: PciRequest[K] | undefined }

function given({ address: at }: Addressable): Given {
  if (at?.type !== 'pci') return { address: undefined, multifunction: undefined, zpci: undefined }
  const { domain = 0, bus = 0, slot = 0, function: fn = 0, multifunction, zpci } = at
  const wish = zpci && { uid: zpci.uid, fid: zpci.fid }
  if (isUnsetPci(at)) return { address: undefined, multifunction: undefined, zpci: wish }
  return { address: { domain, bus, slot, function: fn }, multifunction, zpci: wish }
}

function requestsOf(context: Context, subjects: Map<string, Addressable>): PciRequest[] {
  const requests: PciRequest[] = []
  const turns = turnsOf(context)
  const controllers = new Set(subjects.values())
  const hasUnknownPci = context.machine.pci.unknown === true
  const { walks, numberedFirst } = planOf(context)
  for (const { name } of walks.pci.kinds) {
    turns.get(name)?.forEach(({ kind, device }, index) => {
      if ((device.address !== undefined && device.address.type !== 'pci') || controllers.has(device)) return
      const wish = kind.pci?.(device, context) ?? (kind.ownPlaceChecks?.taken ? undefined : takenPlace(device))
      if (wish === undefined || (hasUnknownPci && device.address === undefined)) return
      const id = `${name}[${index + 1}]`
      subjects.set(id, device)
      requests.push(requestOf(id, wish, given(device), numberedFirst.has(name)))
    })
  }
  return requests
}

/** Field by field, so that all requests have one layout. */
function requestOf(
  id: string,
  wish: PciWish,
  { address: at, multifunction, zpci }: Given,
  isFirst: boolean,
): PciRequest {
  const { plug, preferred, first, builtIn, sharedSlot, integrated, hotplug, isolationGroup } = wish
  return {
    id,
    plug,
    address: at,
    multifunction,
    zpci,
    numberedFirst: isFirst,
    preferred,
    first,
    builtIn,
    sharedSlot,
    integrated,
    hotplug,
    isolationGroup,
  }
}

/** A place that a user gave to what is no PCI device is taken all the same, as by a conventional one. */
function takenPlace({ address: at }: Addressable): PciWish | undefined {
  return at?.type === 'pci' && !isUnsetPci(at) ? { plug: 'pci' } : undefined
}

const rootAddress: PciAddress = { domain: 0, bus: 0, slot: 0, function: 0 }

function topologyOf(context: Context, subjects: Map<string, Addressable>): PciTopology {
  const { pci } = context.machine
  const { capabilities } = context
  const controllers = context.controllers('pci').map((it, position): TopologyController => {
    const id = `pci controller ${position + 1}`
    const isRoot = it.model === 'pci-root' || it.model === 'pcie-root'
    subjects.set(id, it)
    const { address: at, multifunction, zpci } = given(it)
    return {
      id,
      index: it.index ?? 0,
      model: it.model ?? 'pci-root',
      // A root has no address at all, not even an empty one.
      address: isRoot && it.address ? rootAddress : at,
      anywhere: it.address?.type === 'pci' && isUnsetPci(it.address),
      elsewhere: it.address !== undefined && it.address.type !== 'pci',
      zpci,
      multifunction,
      modelName: it.modelName?.name,
      target: it.target,
    }
  })
  return {
    root: pci.root === 'none' ? rootWithoutPci(context, controllers) : pci.root,
    hostBridges: pci.hostBridges,
    controllers,
    reservations: pci.reservations,
    preferredSlots: pci.preferredSlots,
    capabilities: {
      pciePciBridge: capabilities.has('pcie-pci-bridge'),
      pcieRootPort: capabilities.has('pcie-root-port'),
    },
    zpci: pci.zpci && capabilities.has('zpci'),
    isolation: pci.hostBridges === 'many',
  }
}

const givesRoot = dated(true, ['12.8', false])

/** A root that a domain gives a board without PCI is taken for one (libvirt 11.3, asked), until it is refused (12.8). */
function rootWithoutPci(context: Context, controllers: readonly TopologyController[]): PciTopology['root'] {
  const root = controllers.find(({ index }) => index === 0)?.model
  return context.plan.at(givesRoot) && (root === 'pci-root' || root === 'pcie-root') ? root : 'none'
}

function place(
  result: PciControllerResult,
  subjects: Map<string, Addressable>,
  rules: ReadonlyMap<string, AddressDecision>,
  context: Context,
): void {
  const reason = addressRule(rules.get(result.id)?.rule ?? 'pci/controller')
  let device = subjects.get(result.id) as PciController | undefined
  if (device === undefined) {
    const made = context.create('controller', {
      type: 'pci',
      index: result.index,
      model: result.model,
    }) as PciController
    device = context.insert(
      context.devices.controller,
      made,
      reason,
      placeForController(made, context),
    ) as PciController
  }
  if (result.modelName !== undefined && device.modelName === undefined) {
    context.set(device, 'modelName', { name: result.modelName }, reason)
  }
  setTarget(device, result, reason, context)
  if (result.place) setAddress(device, result.place, rules.get(result.id), context)
}

function setTarget(
  device: PciController,
  { target }: PciControllerResult,
  reason: ReturnType<typeof addressRule>,
  context: Context,
): void {
  if (target === device.target) return
  const wanted = Object.entries(target).filter(([, value]) => value !== undefined)
  if (wanted.length === 0) return
  const current: { readonly [field: string]: unknown } = device.target ?? {}
  const missing = wanted.filter(([key]) => current[key] === undefined)
  if (missing.length === 0) return
  if (device.target === undefined) context.set(device, 'target', context.made(pciTarget.create(target), reason), reason)
  else for (const [key, value] of missing) context.set(device.target, key as 'port', value as number, reason)
}

function setAddress(
  device: Addressable,
  { address: at, origin, multifunction, zpci }: PciAssignment,
  decision: AddressDecision | undefined,
  context: Context,
): void {
  const reason = addressRule(decision?.rule ?? 'pci/given')
  if (device.address === undefined) {
    const made = address.create({ type: 'pci' }) as PciGuestAddress
    context.set(device, 'address', context.made(made, reason), reason)
  }
  const target = device.address as Extract<Address, { type: 'pci' }>
  const numbers: Required<PciAddress> = { domain: 0, ...at }
  for (const key of ['domain', 'bus', 'slot', 'function'] as const) {
    if (target[key] !== numbers[key]) context.set(target, key, numbers[key], reason)
  }
  // Who leaves the place open has no say in what else is there: what the user wrote is forgotten.
  const isOpen = origin === 'assigned' || target.multifunction === undefined
  if (isOpen && multifunction !== target.multifunction) context.set(target, 'multifunction', multifunction, reason)
  if (zpci !== undefined) {
    if (target.zpci === undefined) context.set(target, 'zpci', { uid: zpci.uid, fid: zpci.fid }, reason)
    else {
      if (target.zpci.uid === undefined) context.set(target.zpci, 'uid', zpci.uid, reason)
      if (target.zpci.fid === undefined) context.set(target.zpci, 'fid', zpci.fid, reason)
    }
  }
}
