import { element } from '../../codec/element.ts'
import { child, required, textChild } from '../../codec/field.ts'
import { nonEmpty, pattern } from '../../codec/scalar.ts'

const fibreChannel = element('fibrechannel', 'The identity of the guest on a Fibre Channel network.', {
  attributes: {
    appid: required(pattern(/^[\x20-\x7e]{1,128}$/, 'a text of 1 to 128 printable characters'), {
      doc: 'At most 128 characters.',
      invalid: 'resource/appid',
    }),
  },
})

/** Where the host accounts for the guest (formatdomain, "Resource partitioning"); libvirt 11.3 and 12.8, asked, refuse an empty one. */
export const resource = element(
  'resource',
  'Where the host accounts for the guest.',
  {
    children: {
      partition: textChild(nonEmpty, { doc: 'Absolute path of a cgroup partition.' }),
      fibrechannel: child(fibreChannel),
    },
  },
  {
    settle: ({ fields, error }) => {
      if (fields.partition !== undefined || fields.fibrechannel !== undefined) return
      error({
        code: 'resource/empty',
        message: '<resource> says nothing: it has neither a partition nor a fibrechannel.',
        hint: 'Add <partition>/machine</partition>, or remove <resource>.',
      })
    },
  },
)
