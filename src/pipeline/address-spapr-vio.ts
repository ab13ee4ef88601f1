import { assignSpaprVio, type SpaprVioRequest } from '../address/spapr-vio.ts'
import type { Context } from '../context/context.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/**
 * Gives devices on the virtual I/O bus of a POWER server their registers. An address of another type gives way to it
 * (libvirt 11.3 and 12.8 asked of five kinds of devices).
 */
export function assignSpaprVioAddresses(context: Context): void {
  const { subjects, requests } = collect<SpaprVioRequest>(context, 'spapr-vio', (device, kind) => {
    const { address } = device
    const wish = kind.spaprVio?.(device, context)
    const reg = address?.type === 'spapr-vio' ? address.reg : undefined
    return wish && { ...wish, reg: reg === undefined ? undefined : Number(reg) }
  })
  const result = assignSpaprVio(requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const [id, reg] of result.addresses) {
    const device = subjects.get(id)!
    if (device.address !== undefined && device.address.type !== 'spapr-vio')
      context.set(device, 'address', undefined, reasonOf(id))
    writePlace(device, 'spapr-vio', { reg: BigInt(reg) }, reasonOf(id), context)
  }
}
