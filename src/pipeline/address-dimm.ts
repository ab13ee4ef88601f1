import { assignDimm, type DimmRequest } from '../address/dimm.ts'
import type { Context } from '../context/context.ts'
import { type AddressOf, address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** Gives memory modules their slots. */
export function assignDimmAddresses(context: Context): void {
  const subjects = new Map<string, Addressable>()
  const requests: DimmRequest[] = []
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      devices.forEach((device, index) => {
        if (!kind.dimm?.(device)) return
        const subject: Addressable = device
        if (subject.address !== undefined && subject.address.type !== 'dimm') return
        const id = `${name}[${index + 1}]`
        subjects.set(id, subject)
        requests.push({ id, slot: subject.address?.slot })
      })
    })
  }
  const { maxMemory } = context.definition
  // Modules in a guest without maxMemory are refused as such.
  if (requests.length === 0 || maxMemory === undefined) return
  const { addresses, problems, trace } = assignDimm(maxMemory.slots ?? 0, requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context)
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  for (const [id, slot] of addresses) {
    const device = subjects.get(id)!
    const reason = addressRule(rules.get(id)!)
    const current = device.address as AddressOf<'dimm'> | undefined
    if (current === undefined) context.set(device, 'address', address.create({ type: 'dimm', slot }), reason)
    else if (current.slot === undefined) context.set(current, 'slot', slot, reason)
  }
}
