/**
 * ISA addresses are never assigned: a device without one sits where QEMU puts it.
 * Source: formatdomain (Device Addresses, isa). Two devices at one I/O base cannot work, but libvirt lets them pass.
 */
import { type AddressProblem, type AddressRequest, nameOf } from './problem.ts'

export interface IsaRequest extends AddressRequest {
  /** I/O ports 0..0xffff. */
  readonly iobase?: number | undefined
  readonly irq?: number | undefined
}

/** Problems: `address/isa-iobase-in-use` (a warning). */
export function checkIsa(requests: readonly IsaRequest[]): AddressProblem[] {
  const holders = new Map<number, IsaRequest>()
  const problems: AddressProblem[] = []
  for (const request of requests) {
    if (request.iobase === undefined) continue
    const holder = holders.get(request.iobase)
    holders.set(request.iobase, holder ?? request)
    if (holder === undefined) continue
    problems.push({
      code: 'address/isa-iobase-in-use',
      severity: 'warning',
      message: `${nameOf(request)}: I/O base 0x${request.iobase.toString(16)} is that of ${nameOf(holder)}`,
      hint: 'give one of them another iobase',
      requests: [request.id, holder.id],
    })
  }
  return problems
}
