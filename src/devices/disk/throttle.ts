import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import { element, type Infer } from '../../codec/element.ts'
import { many, required } from '../../codec/field.ts'
import { text } from '../../codec/scalar.ts'
import type { Plan } from '../../context/plan.ts'
import { dated } from '../../release/dated.ts'

const throttlefilter = element('throttlefilter', 'A filter that holds the disk to the limits of a group.', {
  attributes: { group: required(text, { doc: 'Name of a group of <throttlegroups>.' }) },
})

export const throttlefilters = element(
  'throttlefilters',
  'Limits that the disk shares with others, one after another.',
  { children: { throttlefilter: many(throttlefilter) } },
  { omitEmpty: true },
)

type Filter = Infer<typeof throttlefilter>

const discards = dated<string | undefined>(undefined, ['12.8', 'unmap'])

/** QEMU: the block filter throttle. @param file the node below */
export function throttleNode(filter: Filter, node: string, file: string, plan: Plan): Properties {
  return new Properties()
    .put('driver', 'throttle', rule('disk/throttle'))
    .put('node-name', node, rule('disk/throttle'))
    .put('throttle-group', `throttle-${filter.group}`, of(filter, 'group'))
    .put('file', file, rule('disk/throttle'))
    .put('discard', plan.at(discards), rule('disk/throttle'))
}
