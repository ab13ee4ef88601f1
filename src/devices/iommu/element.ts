import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { oneOf, onOff } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'

export const iommuDriver = element(
  'driver',
  "Options of Intel's IOMMU.",
  {
    attributes: {
      intremap: optional(onOff, { doc: 'Remaps interrupts; needs a split I/O APIC.' }),
      caching_mode: optional(onOff, { doc: 'Lets assigned devices follow changes of the tables.' }),
      eim: optional(onOff, { doc: 'Interrupts for more than 255 processors; needs intremap.' }),
      iotlb: optional(onOff, { doc: 'Devices may keep translations.' }),
      aw_bits: optional(integer({ max: 255 }), { doc: 'Width of addresses in bits.' }),
      dma_translation: optional(onOff, { doc: 'off: only interrupts are remapped.', since: '10.7' }),
    },
  },
  { omitEmpty: true },
)

export const iommu = element('iommu', 'An IOMMU that the guest sees.', {
  attributes: {
    model: required(oneOf('intel', 'smmuv3', 'virtio'), {
      doc: 'intel: q35; smmuv3: ARM; virtio: both.',
      invalid: 'iommu/model',
    }),
  },
  children: { driver: child(iommuDriver), ...plainDeviceInfo },
})

export type Iommu = Infer<typeof iommu>
