import { element, type Infer } from '../../codec/element.ts'
import { many, optional, required } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { oneOf, yesNo } from '../../codec/scalar.ts'
import { numberRanges } from '../../fragments/number-ranges.ts'
import { textOf } from '../../xml/tree.ts'

const count = integer({ min: 1, max: 65535 })

export const vcpu = element(
  'vcpu',
  "The guest's virtual CPUs: the most it can have.",
  {
    attributes: {
      placement: optional(oneOf('static', 'auto'), { doc: 'Pinned by cpuset, or by the advice of the host.' }),
      cpuset: optional(numberRanges('host CPUs'), { doc: 'Host CPUs that virtual CPUs may run on: 1-4,^3,6.' }),
      current: optional(count, { doc: 'How many are there at start; all where absent.', invalid: 'vcpu/count' }),
    },
    value: count,
  },
  {
    settle: ({ fields, node, error }) => {
      if (fields.value === undefined && textOf(node).trim() === '') {
        error({ code: 'vcpu/count', message: 'The number of virtual CPUs is missing.', hint: 'Write <vcpu>2</vcpu>.' })
      }
      if (fields.current === fields.value) fields.current = undefined
      if (fields.placement === 'auto') fields.cpuset = undefined
    },
  },
)

export const single = element('vcpu', 'One virtual CPU.', {
  attributes: {
    id: required(integer({ max: 65534 }), { doc: 'Number of the CPU, from 0.' }),
    enabled: required(yesNo, { doc: 'Whether it is there at start.' }),
    hotpluggable: optional(yesNo, { doc: 'Whether it may be taken away; plugged after start where yes.' }),
    order: optional(unsetAtZero(integer({ max: 65535 })), { doc: 'Order in which CPUs come on line.' }),
  },
})

export const vcpus = element('vcpus', 'The state of single virtual CPUs.', { children: { vcpu: many(single) } })

export type Vcpus = Infer<typeof vcpus>
