import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Dates } from '../../context/dates.ts'
import { dated } from '../../release/dated.ts'
import type { ThrottleFilter } from './throttle-element.ts'

const discards = dated<string | undefined>(undefined, ['12.8', 'unmap'])

/** QEMU: the block filter throttle. @param file the node below */
export function throttleNode(filter: ThrottleFilter, node: string, file: string, plan: Dates): Properties {
  return new Properties()
    .put('driver', 'throttle', rule('disk/throttle'))
    .put('node-name', node, rule('disk/throttle'))
    .put('throttle-group', `throttle-${filter.group}`, of(filter, 'group'))
    .put('file', file, rule('disk/throttle'))
    .put('discard', plan.at(discards), rule('disk/throttle'))
}
