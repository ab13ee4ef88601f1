import type { AddressRequest } from '../address/problem.ts'
import { assignVirtioMmio } from '../address/virtio-mmio.ts'
import type { Context } from '../context/context.ts'
import { collect, reasonsOf, writePlace } from './collect.ts'

/** QEMU: virt. */
const transports = 32

/** Gives virtio devices a transport of their own where the machine has them. */
export function assignVirtioMmioAddresses(context: Context): void {
  if (context.virtioBus !== 'virtio-mmio') return
  const { subjects, requests } = collect<AddressRequest>(context, 'all', (device, kind) => {
    if (device.address?.type === 'virtio-mmio') return {}
    if (device.address !== undefined) return undefined
    return (kind.mmio ?? kind.virtio)?.(device, context) ? {} : undefined
  })
  const result = assignVirtioMmio(transports, requests)
  const reasonOf = reasonsOf(result, subjects, context)
  for (const [id] of result.addresses) writePlace(subjects.get(id)!, 'virtio-mmio', {}, reasonOf(id), context)
}
