import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import type { Lease } from './element.ts'

/** A lease is named by its lock space and key; libvirt takes it twice (oracle: 11.3, 12.8), a lock manager would not. */
function checkLeases(context: Context): void {
  const seen = new Set<string>()
  for (const lease of context.devices.lease) {
    const name = JSON.stringify([lease.lockspace, lease.key])
    if (seen.has(name)) {
      context.warn({
        code: 'lease/duplicate',
        message: `The lease ${lease.key} is taken twice.`,
        hint: 'Remove one of the two.',
        at: lease,
        field: 'key',
      })
    }
    seen.add(name)
  }
}

export const leaseKind = {
  validate: checkLeases,
  launchDevice: (lease, _context, plan) => plan.missing('No lock manager holds its leases.', of(lease, 'key')),
} satisfies DeviceKind<Lease>
