import { assignUsb, checkUsb, type UsbController, type UsbRequest } from '../address/usb.ts'
import { USB_CONTROLLER_PORTS } from '../address/usb-controller-ports.ts'
import type { Context } from '../context/context.ts'
import type { When } from '../diagnostic/diagnostic.ts'
import { type Address, address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule, type Origin } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { collect, writePlace } from './collect.ts'

interface UsbPlace {
  readonly bus: number
  readonly port: string
}

interface Demand {
  readonly controllers: readonly UsbController[]
  readonly requests: readonly UsbRequest[]
  readonly subjects: ReadonlyMap<string, Addressable>
  /** All devices that sit on USB, those with an address of another kind too. */
  readonly users: readonly Addressable[]
}

const manyPorts = 15

/**
 * What USB devices ask; undefined where the guest has none. A model whose number of ports is not known counts as one that
 * never runs out.
 */
function demandOf(context: Context): Demand | undefined {
  const users: Addressable[] = []
  const { subjects, requests } = collect<UsbRequest>(context, 'usb', (device, kind) => {
    const own = device.address
    const wish = kind.usb?.(device, context)
    if (wish !== undefined) users.push(device)
    if (own === undefined || own.type === 'usb')
      return wish && { isHub: wish.isHub === true, bus: own?.bus, port: own?.port }
    if (!wish?.isHub) return undefined
    // Of a hub an address of another kind is forgotten, once it has held its place (libvirt 11.3 and 12.8 asked).
    context.set(device, 'address', undefined, addressRule('usb/hub'))
    return { isHub: true, bus: undefined, port: undefined }
  })
  if (users.length === 0) return undefined
  const controllers = context
    .controllers('usb')
    .filter(({ model, master }) => model !== 'none' && master === undefined)
    .map(({ index, ports, model }) => ({
      index: index ?? 0,
      ports: ports ?? USB_CONTROLLER_PORTS[model ?? ''] ?? manyPorts,
    }))
  return { controllers, requests, subjects, users }
}

/** A guest whose controller is `none`, or that has none, has no place for a USB device, were its address of another kind. */
function refuseWithoutUsb({ users }: Demand, context: Context): boolean {
  const controllers = context.controllers('usb')
  const isDisabled = controllers.some(({ model }) => model === 'none')
  if (!isDisabled && controllers.length > 0) return false
  for (const device of users) {
    // Whoever asks for a port where there is no controller hears it of the engine.
    if (!isDisabled && (device.address === undefined || device.address.type === 'usb')) continue
    context.error({
      code: 'address/usb-disabled',
      message: 'A USB device needs a USB bus, and the guest says that it has none.',
      hint: "Remove <controller type='usb' model='none'/> if it is there and add a controller of another model, or remove the device.",
      at: device,
    })
  }
  return isDisabled
}

/**
 * What the user gave fits: the bus and its port exist and are free. Only told where every device has its port: QEMU may
 * have chosen those of others. Ports are handed out only at a start.
 */
function checkUsbAddresses(demand: Demand, context: Context): void {
  const { controllers, requests, subjects } = demand
  if (refuseWithoutUsb(demand, context) || requests.some(({ port }) => port === undefined)) return
  for (const problem of checkUsb(controllers, requests).problems) reportAddressProblem(problem, subjects, context)
}

/** Writes a port into the definition: the whole address, or what a given one leaves open. */
function define(device: Addressable, place: UsbPlace, reason: Origin, context: Context): void {
  writePlace(device, 'usb', place, reason, context)
}

/** Keeps a port for this start alone. */
function keep(device: Addressable, place: UsbPlace, reason: Origin, context: Context): void {
  const made = address.create({ type: 'usb', ...place }) as Address
  context.placeAtStart(device, context.made(made, reason))
}

/**
 * Hands out USB ports. A new guest has them, and the hubs that are added for want of ports, in its definition; of an
 * existing one they never show in the XML, and are handed out at each start (asked of libvirt 11.3 and 12.8).
 */
function assignUsbAddresses({ controllers, requests, subjects }: Demand, context: Context, when: When): void {
  const isDefined = when === 'define'
  const { addresses, hubs, problems, trace } = assignUsb(controllers, requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context, when)
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  const write = isDefined ? define : keep
  const place = (device: Addressable, id: string, at: UsbPlace) =>
    write(device, at, addressRule(rules.get(id) ?? 'usb/given'), context)
  const ownHubs = requests.filter(({ isHub }) => isHub).length
  hubs.forEach(({ id, address: at }, index) => {
    const added = context.create('hub', { type: 'usb' })
    if (isDefined) context.insert(context.devices.hub, added, addressRule('usb/added-hub'))
    else {
      context.addedHubs.push(added)
      context.setAlias(added, `hub${ownHubs + index}`)
    }
    place(added, id, at)
  })
  for (const [id, at] of addresses) {
    const device = subjects.get(id)!
    if (device.address?.type !== 'usb' || device.address.port === undefined) place(device, id, at)
  }
}

/** At the definition: a new guest gets its ports, what an existing one was given must fit. */
export function defineUsbAddresses(context: Context): void {
  const demand = demandOf(context)
  if (demand === undefined) return
  if (!context.options.abiUpdate) checkUsbAddresses(demand, context)
  else if (!refuseWithoutUsb(demand, context)) assignUsbAddresses(demand, context, 'define')
}

/** At a start: devices without a port are given one. */
export function startUsbAddresses(context: Context): void {
  const demand = demandOf(context)
  if (demand !== undefined) assignUsbAddresses(demand, context, 'start')
}
