import { element, type Infer } from '../../codec/element.ts'
import { optional } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const panic = element('panic', 'Tells the host that the guest panicked.', {
  attributes: {
    model: optional(oneOf('isa', 'pseries', 'hyperv', 's390', 'pvpanic'), {
      doc: "ISA device, the platform's own way (pseries, s390), Hyper-V's crash register, or the PCI device (pvpanic).",
    }),
  },
  children: { ...plainDeviceInfo },
})

export type Panic = Infer<typeof panic>
