import { element } from '../../../codec/element.ts'
import { optional } from '../../../codec/field.ts'
import { text } from '../../../codec/scalar.ts'

/** Since libvirt 12.1 (formatdomain, "varstore"; the device: QEMU docs/interop/firmware.json, host-uefi-vars). */
export const varstore = element('varstore', "The file in which QEMU's own device keeps the variables of UEFI.", {
  attributes: {
    template: optional(text, { keepsEmpty: true, doc: 'The file that it is made from at the first start.' }),
    path: optional(text, { keepsEmpty: true, doc: 'Its path; one named after the guest where absent.' }),
  },
})
