import type { Element } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { required, withDefault } from '../../codec/field.ts'
import { onOff } from '../../codec/scalar.ts'

const onOrOff = 'on: the guest has it; off: it has not.'

export interface Toggle {
  readonly state: boolean
}

/** `<name state='on'/>`; a bare `<name/>` turns it on. */
export function toggle(name: string, doc: string): Element<Toggle> {
  return element(name, doc, {
    attributes: { state: withDefault(onOff, true, { invalid: 'features/state', doc: onOrOff }) },
  })
}

/** `<name state='on'/>`, where on or off must be said. */
export function chosen(name: string, doc: string): Element<Toggle> {
  return element(name, doc, {
    attributes: {
      state: required(onOff, { missing: 'features/missing-state', invalid: 'features/state', doc: onOrOff }),
    },
  })
}
