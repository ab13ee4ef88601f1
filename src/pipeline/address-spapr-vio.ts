import { assignSpaprVio, type SpaprVioRequest } from '../address/spapr-vio.ts'
import type { Context } from '../context/context.ts'
import { type AddressOf, address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** Gives devices on the virtual I/O bus of a POWER server their registers. */
export function assignSpaprVioAddresses(context: Context): void {
  const subjects = new Map<string, Addressable>()
  const requests: SpaprVioRequest[] = []
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      devices.forEach((device: Addressable, index) => {
        const { address: given } = device
        if (given !== undefined && given.type !== 'spapr-vio') return
        const wish = kind.spaprVio?.(devices[index]!, context)
        if (wish === undefined) return
        const id = `${name}[${index + 1}]`
        subjects.set(id, device)
        requests.push({ ...wish, id, reg: given?.reg === undefined ? undefined : Number(given.reg) })
      })
    })
  }
  const { addresses, problems, trace } = assignSpaprVio(requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context)
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  for (const [id, reg] of addresses) place(subjects.get(id)!, BigInt(reg), rules.get(id), context)
}

function place(device: Addressable, reg: bigint, rule: string | undefined, context: Context): void {
  const reason = addressRule(rule ?? 'spapr-vio/given')
  if (device.address === undefined) {
    const made = address.create({ type: 'spapr-vio', reg })
    context.set(device, 'address', context.made(made, reason), reason)
    return
  }
  const current = device.address as AddressOf<'spapr-vio'>
  if (current.reg === undefined) context.set(current, 'reg', reg, reason)
}
