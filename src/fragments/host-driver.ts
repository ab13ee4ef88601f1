import { element, type Infer } from '../codec/element.ts'
import { optional } from '../codec/field.ts'
import { nonEmpty, oneOf, yesNo } from '../codec/scalar.ts'

/** Who drives the host function while the guest has it. */
export const hostDriver = element(
  'driver',
  'How the host hands the function over.',
  {
    attributes: {
      name: optional(oneOf('kvm', 'vfio', 'xen'), { doc: 'The way in; vfio is the only one that QEMU still has.' }),
      model: optional(nonEmpty, { doc: 'The kernel driver to bind instead of the one libvirt would choose.' }),
      iommufd: optional(yesNo, { doc: 'Whether QEMU opens it through an iommufd.', since: '12.1' }),
    },
  },
  { omitEmpty: true },
)

export type HostDriver = Infer<typeof hostDriver>
