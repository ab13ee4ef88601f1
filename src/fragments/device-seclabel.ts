import { element, type Infer } from '../codec/element.ts'
import { optional, textChild } from '../codec/field.ts'
import { nonEmpty, yesNo } from '../codec/scalar.ts'

/**
 * How one source of a device is labelled, over what the domain's own label says (formatdomain, "Security label").
 * `labelskip` is what happened to a running guest, no part of its configuration; without it nothing may be left to say.
 */
export const deviceSeclabel = element(
  'seclabel',
  'A security label of this source alone.',
  {
    attributes: {
      model: optional(nonEmpty, { doc: 'The security model it is for; the default model where absent.' }),
      relabel: optional(yesNo, { doc: 'no: the source keeps the label it has.' }),
    },
    children: { label: textChild(nonEmpty, { doc: 'The label to give it.' }) },
  },
  {
    ignored: { attributes: ['labelskip'] },
    omitWhere: ({ label, relabel }) => label === undefined && relabel !== false,
    settle: ({ fields, error }) => {
      if (fields.relabel === true && fields.label === undefined) {
        error({
          code: 'seclabel/source-without-label',
          message: 'A source is labelled only with a label of its own.',
          hint: "Add <label>, or write relabel='no'.",
          attribute: 'relabel',
        })
      }
      if (fields.relabel === false && fields.label !== undefined) {
        error({
          code: 'seclabel/label-without-relabel',
          message: 'The source keeps the label it has, and a label is given.',
          hint: "Remove <label>, or relabel='no'.",
          attribute: 'relabel',
        })
      }
      if (fields.label !== undefined) fields.relabel ??= true
    },
  },
)

export type DeviceSeclabel = Infer<typeof deviceSeclabel>
