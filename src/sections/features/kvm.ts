import { element } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { onOff } from '../../codec/scalar.ts'
import { chosen } from './toggle.ts'

const smallestRing = 1024
const largestRing = 65536

const dirtyRing = element(
  'dirty-ring',
  'Written pages are logged in a ring, not in a bitmap.',
  {
    attributes: {
      state: required(onOff, {
        missing: 'features/missing-state',
        invalid: 'features/state',
        doc: 'on: used; off: not.',
      }),
      size: optional(integer(), {
        doc: `Entries of a processor's ring: a power of two from ${smallestRing} to ${largestRing}.`,
      }),
    },
  },
  {
    settle: ({ fields, error }) => {
      const { size } = fields
      if (fields.state !== true) {
        fields.size = undefined
        return
      }
      const fits =
        typeof size === 'number' && size >= smallestRing && size <= largestRing && Number.isInteger(Math.log2(size))
      if (fits) return
      error({
        code: 'features/dirty-ring-size',
        message: `The size of a dirty ring must be a power of two from ${smallestRing} to ${largestRing}.`,
        hint: "Write size='4096'.",
        ...(size !== undefined && { attribute: 'size' }),
      })
    },
  },
)

/** Switches of KVM itself (formatdomain, "Hypervisor features", kvm). */
export const kvm = element(
  'kvm',
  'Switches of KVM.',
  {
    children: {
      hidden: child(chosen('hidden', 'The guest does not see that it runs on KVM.')),
      'hint-dedicated': child(chosen('hint-dedicated', 'Processors of the host are for this guest alone.')),
      'poll-control': child(chosen('poll-control', 'The guest may turn off polling in the host.')),
      'pv-ipi': child(chosen('pv-ipi', 'Interrupts between processors by the hypervisor.')),
      'dirty-ring': child(dirtyRing),
    },
  },
  { alwaysOpen: true, lastHolds: true, closed: { code: 'features/unknown' } },
)
