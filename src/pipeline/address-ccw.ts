import { assignCcw, type CcwRequest } from '../address/ccw.ts'
import type { Context } from '../context/context.ts'
import type { Device, DeviceKind } from '../context/unit.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/** Virtio devices of a machine that has virtio there, and devices that are nowhere else. */
function isOnCcw(kind: DeviceKind<Device>, device: Device, context: Context): boolean {
  if (context.virtioBus === 'ccw' && kind.virtio?.(device, context)) return true
  return kind.ccw?.(device, context) ?? false
}

/** Gives devices on the channel subsystem their device numbers. */
export function assignCcwAddresses(context: Context): void {
  const { subjects, requests } = collect<CcwRequest>(context, 'ccw', (device, kind) => {
    const { address } = device
    if (address?.type === 'ccw') return { address }
    return address === undefined && isOnCcw(kind, device, context) ? { address: undefined } : undefined
  })
  if (requests.length === 0) return
  const result = assignCcw(requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const [id, place] of result.addresses) writePlace(subjects.get(id)!, 'ccw', place, reasonOf(id), context)
}
