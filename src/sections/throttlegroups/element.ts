import { element, type Infer } from '../../codec/element.ts'
import { many, requiredText } from '../../codec/field.ts'
import { nonEmpty } from '../../codec/scalar.ts'
import { lengths, limits } from '../../fragments/io-limits.ts'

const throttlegroup = element('throttlegroup', 'Limits that disks share.', {
  children: {
    ...limits,
    ...lengths,
    group_name: requiredText(nonEmpty, {
      doc: 'Name that the filters of disks refer to.',
      missing: 'throttlegroups/without-name',
    }),
  },
})

export type ThrottleGroup = Infer<typeof throttlegroup>

/** formatdomain, "Disk Throttle Group Management". */
export const throttlegroups = element(
  'throttlegroups',
  'Groups of limits: the filters of disks name them.',
  { children: { throttlegroup: many(throttlegroup) } },
  { omitEmpty: true },
)
