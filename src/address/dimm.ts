/**
 * Slots of memory modules (`<memory model='dimm'|'nvdimm'>`).
 * Source: formatdomain (Memory Allocation: maxMemory's `slots`; Device Addresses, dimm): what the user gave, then the
 * lowest free slot. The base address is QEMU's choice unless the user gave it; it stays as given.
 */
import { NumberPool } from './number-pool.ts'
import { type AddressRequest, type AddressResult, addressError, emptyResult, nameOf } from './problem.ts'

export interface DimmRequest extends AddressRequest {
  readonly slot?: number | undefined
}

/**
 * Problems: `address/dimm-slot-range`, `address/dimm-slot-in-use`, `address/dimm-exhausted`.
 * @param slots how many the machine has: `<maxMemory slots>`, 0 where it has none.
 */
export function assignDimm(slots: number, requests: readonly DimmRequest[]): AddressResult<number> {
  const result = emptyResult<number>()
  const pool = new NumberPool(0, slots - 1)
  const many = slots === 1 ? '1 memory slot' : `${slots} memory slots`
  for (const request of requests) {
    const { slot, id } = request
    if (slot === undefined) continue
    const shown = `${nameOf(request)}: memory slot ${slot}`
    const holder = pool.covers(slot) ? pool.reserve(slot, request) : undefined
    if (!pool.covers(slot)) {
      const message = `${shown} does not exist: the domain has ${many}`
      result.problems.push(addressError('dimm-slot-range', message, [id], 'raise the slots of maxMemory'))
    } else if (holder !== undefined) {
      result.problems.push(addressError('dimm-slot-in-use', `${shown} is taken by ${nameOf(holder)}`, [id, holder.id]))
    } else {
      result.addresses.set(id, slot)
      result.trace.push({ subject: id, rule: 'dimm/given' })
    }
  }
  for (const request of requests) {
    if (request.slot !== undefined) continue
    const slot = pool.take(request)
    if (slot === undefined) {
      const message = `${nameOf(request)}: no memory slot is left of ${many}`
      result.problems.push(addressError('dimm-exhausted', message, [request.id], 'raise the slots of maxMemory'))
      continue
    }
    result.addresses.set(request.id, slot)
    result.trace.push({ subject: request.id, rule: 'dimm/first-free-slot' })
  }
  return result
}
