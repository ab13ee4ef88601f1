import type { AddressRequest } from '../address/problem.ts'
import { assignVirtioMmio } from '../address/virtio-mmio.ts'
import type { Context } from '../context/context.ts'
import { address } from '../fragments/address.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { addressRule } from '../origin/origin.ts'
import { reportAddressProblem } from './address-problem.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** QEMU: virt. */
const transports = 32

/** Gives virtio devices a transport of their own where the machine has them. */
export function assignVirtioMmioAddresses(context: Context): void {
  if (context.virtioBus !== 'virtio-mmio') return
  const subjects = new Map<string, Addressable>()
  const requests: AddressRequest[] = []
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      devices.forEach((device: Addressable, index) => {
        const given = device.address?.type === 'virtio-mmio'
        if (!given && (device.address !== undefined || !kind.virtio?.(devices[index]!, context))) return
        const id = `${name}[${index + 1}]`
        subjects.set(id, device)
        requests.push({ id })
      })
    })
  }
  const { addresses, problems, trace } = assignVirtioMmio(transports, requests)
  for (const problem of problems) reportAddressProblem(problem, subjects, context)
  const rules = new Map(trace.map((decision) => [decision.subject, decision.rule]))
  for (const [id] of addresses) {
    const device = subjects.get(id)!
    if (device.address !== undefined) continue
    const reason = addressRule(rules.get(id) ?? 'virtio-mmio/transport')
    context.set(device, 'address', context.made(address.create({ type: 'virtio-mmio' }), reason), reason)
  }
}
