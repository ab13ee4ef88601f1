import { assignDimm, type DimmRequest } from '../address/dimm.ts'
import type { Context } from '../context/context.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/** Gives memory modules their slots. */
export function assignDimmAddresses(context: Context): void {
  const { subjects, requests } = collect<DimmRequest>(context, 'dimm', (device, kind) => {
    const { address } = device
    if (!kind.dimm?.(device) || (address !== undefined && address.type !== 'dimm')) return undefined
    return { slot: address?.slot }
  })
  const { maxMemory } = context.definition
  // Modules in a guest without maxMemory are refused as such.
  if (requests.length === 0 || maxMemory === undefined) return
  const result = assignDimm(maxMemory.slots ?? 0, requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const [id, slot] of result.addresses) writePlace(subjects.get(id)!, 'dimm', { slot }, reasonOf(id), context)
}
