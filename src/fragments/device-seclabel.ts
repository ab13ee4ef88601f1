import { element, type Infer } from '../codec/element.ts'
import { optional, textChild } from '../codec/field.ts'
import { nonEmpty, yesNo } from '../codec/scalar.ts'

/** How one source of a device is labelled, over what the domain's own label says (formatdomain, "Security label"). */
export const deviceSeclabel = element('seclabel', 'A security label of this source alone.', {
  attributes: {
    model: optional(nonEmpty, { doc: 'The security model it is for; the default model where absent.' }),
    relabel: optional(yesNo, { doc: 'no: the source keeps the label it has.' }),
    labelskip: optional(yesNo),
  },
  children: { label: textChild(nonEmpty, { doc: 'The label to give it.' }) },
})

export type DeviceSeclabel = Infer<typeof deviceSeclabel>
