import { element, type Infer } from '../../codec/element.ts'
import { optional, textChild } from '../../codec/field.ts'
import { nonEmpty, oneOf, yesNo } from '../../codec/scalar.ts'

/**
 * A security label of the process. What a running guest was given (`imagelabel`, the label of a dynamic one) is no
 * part of its configuration (formatdomain, "Security label").
 */
export const seclabel = element(
  'seclabel',
  'Security label of the process.',
  {
    attributes: {
      type: optional(oneOf('dynamic', 'static', 'none'), {
        doc: 'dynamic, where absent: a label is made; static: the one given; none: no confinement.',
        invalid: 'seclabel/type',
      }),
      model: optional(nonEmpty, { doc: "selinux, apparmor or dac; the host's first one where absent." }),
      relabel: optional(yesNo, { doc: "Whether the guest's files are labelled." }),
    },
    children: {
      label: textChild(nonEmpty, { doc: 'The label of a static one.' }),
      baselabel: textChild(nonEmpty, { doc: 'What a dynamic label is made from.' }),
    },
  },
  {
    ignored: { children: ['imagelabel'] },
    settle: ({ fields, node, error }) => {
      const { type = 'dynamic', relabel } = fields
      const typed = node.attributes.some(({ name, value }) => name === 'type' && value !== '')
      const labelled = (fields.label ?? fields.baselabel) !== undefined
      if (fields.model === undefined && type !== 'none' && (labelled || !typed)) {
        error({
          code: 'seclabel/missing-model',
          message: 'A label is one of a security model, and none is named.',
          hint: "Add model='selinux', 'apparmor' or 'dac'.",
        })
      }
      if (type === 'none') {
        if (relabel === true) {
          error({
            code: 'seclabel/relabel',
            message: 'A guest without confinement labels no files.',
            hint: "Write relabel='no' or remove it.",
            attribute: 'relabel',
          })
        }
        fields.relabel = undefined
        fields.label = undefined
      } else if (type === 'static') {
        fields.relabel = relabel ?? false
        if (fields.label === undefined) {
          error({ code: 'seclabel/missing-label', message: 'A static security label needs a <label>.' })
        }
      } else {
        if (relabel === false) {
          error({
            code: 'seclabel/relabel',
            message: 'A guest with a dynamic label labels its files.',
            hint: "Write relabel='yes' or remove it.",
            attribute: 'relabel',
          })
        }
        fields.relabel = true
        fields.label = undefined
      }
      if (type !== 'dynamic') fields.baselabel = undefined
    },
  },
)

export type Seclabel = Infer<typeof seclabel>
