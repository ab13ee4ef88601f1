import { assignVirtioSerial, type VirtioSerialRequest } from '../address/virtio-serial.ts'
import type { Context } from '../context/context.ts'
import { placeForController } from '../context/controller-place.ts'
import { controller } from '../definition.ts'
import { type AddressOf, address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** Gives channels and consoles their ports, and adds the virtio-serial controllers that they need. */
export function assignVirtioSerialPorts(context: Context): void {
  const subjects = new Map<string, Addressable>()
  const requests = requestsOf(context, subjects)
  const controllers = context.controllers('virtio-serial').map(({ index = 0, ports }) => ({ index, ports }))
  const { addresses, created, problems, trace } = assignVirtioSerial(controllers, requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context)
  for (const index of created) addController(index, context)
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  for (const [id, place] of addresses) {
    const device = subjects.get(id)!
    const reason = addressRule(rules.get(id) ?? 'virtio-serial/given')
    if (device.address === undefined) {
      const made = address.create({ type: 'virtio-serial', ...place })
      context.set(device, 'address', context.made(made, reason), reason)
      continue
    }
    const current = device.address as AddressOf<'virtio-serial'>
    for (const key of ['controller', 'bus', 'port'] as const) {
      if (current[key] !== place[key]) context.set(current, key, place[key], reason)
    }
  }
}

function requestsOf(context: Context, subjects: Map<string, Addressable>): VirtioSerialRequest[] {
  const requests: VirtioSerialRequest[] = []
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      devices.forEach((device: Addressable, index) => {
        const { address: given } = device
        if (given !== undefined && given.type !== 'virtio-serial') return
        const wish = kind.virtioSerial?.(devices[index]!, context)
        if (wish === undefined) return
        const id = `${name}[${index + 1}]`
        subjects.set(id, device)
        const portless = wish.portless === true && given === undefined
        requests.push({ ...wish, portless, id, controller: given?.controller, port: given?.port })
      })
    })
  }
  return requests
}

function addController(index: number, context: Context): void {
  const list = context.devices.controller
  const made = controller.create({ type: 'virtio-serial', index })
  context.insert(list, made, addressRule('virtio-serial/controller-added'), placeForController(made, context))
}
