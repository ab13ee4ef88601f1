import { element } from '../../codec/element.ts'
import { optional } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'

export const vcpu = element('vcpu', "The guest's virtual CPUs: the most it can have.", {
  attributes: {
    placement: optional(oneOf('static', 'auto'), { doc: 'Pinned by cpuset, or by the advice of the host.' }),
    cpuset: optional(numberRanges('host CPUs'), { doc: 'Host CPUs that virtual CPUs may run on: 1-4,^3,6.' }),
    current: optional(integer({ min: 1, max: 65535 }), { doc: 'How many are there at start; all where absent.' }),
  },
  value: integer({ min: 1, max: 65535 }),
})
