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

/** Where the host accounts for the guest (formatdomain, "Resource partitioning"). */
export const resource = element('resource', 'Where the host accounts for the guest.', {
  children: {
    partition: textChild(nonEmpty, { doc: 'Absolute path of a cgroup partition.' }),
    fibrechannel: child(fibreChannel),
  },
})
