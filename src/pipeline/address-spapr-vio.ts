import { assignSpaprVio, type SpaprVioRequest } from '../address/spapr-vio.ts'
import type { Context } from '../context/context.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/** Gives devices on the virtual I/O bus of a POWER server their registers. */
export function assignSpaprVioAddresses(context: Context): void {
  const { subjects, requests } = collect<SpaprVioRequest>(context, 'spapr-vio', (device, kind) => {
    const { address } = device
    if (address !== undefined && address.type !== 'spapr-vio') return undefined
    const wish = kind.spaprVio?.(device, context)
    return wish && { ...wish, reg: address?.reg === undefined ? undefined : Number(address.reg) }
  })
  const result = assignSpaprVio(requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const [id, reg] of result.addresses) {
    writePlace(subjects.get(id)!, 'spapr-vio', { reg: BigInt(reg) }, reasonOf(id), context)
  }
}
