import { element, type Infer } from '../../codec/element.ts'
import { optional, required, requiredChild, requiredText } from '../../codec/field.ts'
import { big } from '../../codec/number.ts'
import { nonEmpty } from '../../codec/scalar.ts'

const target = element('target', 'Where the lease is kept.', {
  attributes: {
    path: required(nonEmpty, { doc: 'The lease file.', missing: 'lease/missing-path' }),
    offset: optional(big(), { doc: 'Where in the file, in bytes.', omit: (value) => value === 0n }),
  },
})

/** Held by the lock manager while the guest runs; QEMU never sees it (formatdomain, "Device leases"). */
export const lease = element('lease', 'A lease that the lock manager takes before the guest starts.', {
  children: {
    lockspace: requiredText(nonEmpty, { doc: 'The lock space.', missing: 'lease/missing-lockspace' }),
    key: requiredText(nonEmpty, { doc: 'The name of the lease.', missing: 'lease/missing-key' }),
    target: requiredChild(target, { missing: 'lease/missing-path' }),
  },
})

export type Lease = Infer<typeof lease>
