import { choice, element, type Infer } from '../codec/element.ts'
import { optional, required } from '../codec/field.ts'
import { nonEmpty, oneOf } from '../codec/scalar.ts'

/** A virtio interface that stands in for a VF during migration, and the VF. (formatdomain, "Teaming a virtio/hostdev NIC pair") */
export const teaming = element('teaming', 'Pairs a VF with the virtio interface that replaces it during migration.', {
  attributes: {
    type: required(oneOf('persistent', 'transient'), { doc: 'persistent: the virtio half; transient: the VF.' }),
  },
  children: {
    by: choice('type', {
      persistent: {
        attributes: {
          persistent: optional(nonEmpty, { doc: 'Of the other half alone: this one is refused with it.' }),
        },
      },
      transient: {
        attributes: {
          persistent: required(nonEmpty, {
            doc: 'The alias of the virtio interface.',
            missing: 'interface/teaming-without-partner',
          }),
        },
      },
    }),
  },
})

export type Teaming = Infer<typeof teaming>
