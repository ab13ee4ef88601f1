import { assignUsb, checkUsb, type UsbController, type UsbRequest } from '../address/usb.ts'
import { USB_CONTROLLER_PORTS } from '../address/usb-controller-ports.ts'
import type { Context } from '../context/context.ts'
import { type Address, address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { collect } from './collect.ts'

interface Demand {
  readonly controllers: readonly UsbController[]
  readonly requests: readonly UsbRequest[]
  readonly subjects: ReadonlyMap<string, Addressable>
}

const manyPorts = 15

/** A model whose number of ports is not known counts as one that never runs out. */
function demandOf(context: Context): Demand {
  const { subjects, requests } = collect<UsbRequest>(context, 'usb', (device, kind) => {
    const own = device.address
    if (own !== undefined && own.type !== 'usb') return undefined
    const wish = kind.usb?.(device, context)
    return wish && { isHub: wish.isHub === true, bus: own?.bus, port: own?.port }
  })
  const controllers = context
    .controllers('usb')
    .filter(({ model, master }) => model !== 'none' && master === undefined)
    .map(({ index, ports, model }) => ({
      index: index ?? 0,
      ports: ports ?? USB_CONTROLLER_PORTS[model ?? ''] ?? manyPorts,
    }))
  return { controllers, requests, subjects }
}

/** A guest whose controller is `none` has no place for a USB device. */
function refuseWithoutUsb({ subjects }: Demand, context: Context): boolean {
  if (!context.controllers('usb').some(({ model }) => model === 'none')) return false
  for (const device of subjects.values()) {
    context.error({
      code: 'address/usb-disabled',
      message: 'A USB device needs a USB bus, and the guest says that it has none.',
      hint: "Remove <controller type='usb' model='none'/>, or the device.",
      at: device,
    })
  }
  return true
}

/**
 * What the user gave fits: the bus and its port exist and are free. Only told where every device has its port: QEMU may
 * have chosen those of others. Ports are handed out only at a start.
 */
export function checkUsbAddresses(context: Context): void {
  const demand = demandOf(context)
  const { controllers, requests, subjects } = demand
  if (refuseWithoutUsb(demand, context) || requests.some(({ port }) => port === undefined)) return
  for (const problem of checkUsb(controllers, requests).problems) reportAddressProblem(problem, subjects, context)
}

/** Hands out USB ports; they, and hubs that are added for want of ports, never show in the XML. */
export function assignUsbAddresses(context: Context): void {
  const { controllers, requests, subjects } = demandOf(context)
  const { addresses, hubs, problems, trace } = assignUsb(controllers, requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context, 'start')
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  const place = (device: Addressable, id: string, at: { bus: number; port: string }) => {
    const reason = addressRule(rules.get(id) ?? 'usb/given')
    const made = address.create({ type: 'usb', ...at }) as Address
    context.placeAtStart(device, context.made(made, reason))
  }
  const ownHubs = requests.filter(({ isHub }) => isHub).length
  hubs.forEach(({ id, address: at }, index) => {
    const hub: Addressable = { alias: undefined, address: undefined, acpi: undefined }
    context.addedHubs.push(hub)
    context.setAlias(hub, `hub${ownHubs + index}`)
    place(hub, id, at)
  })
  for (const [id, at] of addresses) {
    const device = subjects.get(id)!
    if (device.address?.type !== 'usb' || device.address.port === undefined) place(device, id, at)
  }
}
