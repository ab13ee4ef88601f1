import { assignCcw, type CcwRequest } from '../address/ccw.ts'
import type { Context } from '../context/context.ts'
import type { DeviceKind } from '../context/unit.ts'
import { type Address, address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { ccwOrder } from './order.ts'
import { visit } from './units.ts'

/** Virtio devices of a machine that has virtio there, and devices that are nowhere else. */
function isOnCcw<T extends Addressable>(kind: DeviceKind<T>, device: T, context: Context): boolean {
  if (context.virtioBus === 'ccw' && kind.virtio?.(device, context)) return true
  return kind.ccw?.(device, context) ?? false
}

type CcwGuestAddress = Extract<Address, { type: 'ccw' }>

/** Gives devices on the channel subsystem their device numbers. */
export function assignCcwAddresses(context: Context): void {
  const subjects = new Map<string, Addressable>()
  const requests: CcwRequest[] = []
  for (const name of ccwOrder) {
    visit(name, context, (kind, devices) => {
      devices.forEach((device: Addressable, index) => {
        const given = device.address?.type === 'ccw' ? device.address : undefined
        if (given === undefined && (device.address !== undefined || !isOnCcw(kind, devices[index]!, context))) return
        const id = `${name}[${index + 1}]`
        subjects.set(id, device)
        requests.push({ id, address: given })
      })
    })
  }
  const { addresses, problems, trace } = assignCcw(requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context)
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  for (const [id, place] of addresses) {
    const device = subjects.get(id)!
    const reason = addressRule(rules.get(id)!)
    if (device.address === undefined) {
      const made = address.create({ type: 'ccw', ...place }) as CcwGuestAddress
      context.set(device, 'address', context.made(made, reason), reason)
      continue
    }
    const current = device.address as CcwGuestAddress
    for (const key of ['cssid', 'ssid', 'devno'] as const) {
      if (current[key] === undefined) context.set(current, key, place[key], reason)
    }
  }
}
