import { element, type Infer } from '../../codec/element.ts'
import { many, required } from '../../codec/field.ts'
import { text } from '../../codec/scalar.ts'

const throttlefilter = element('throttlefilter', 'A filter that holds the disk to the limits of a group.', {
  attributes: { group: required(text, { doc: 'Name of a group of <throttlegroups>.' }) },
})

export const throttlefilters = element(
  'throttlefilters',
  'Limits that the disk shares with others, one after another.',
  { children: { throttlefilter: many(throttlefilter) } },
  { omitEmpty: true },
)

export type ThrottleFilter = Infer<typeof throttlefilter>
