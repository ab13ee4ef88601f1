import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { newer, nonEmpty, oneOf, onOff } from '../../codec/scalar.ts'
import { plainDeviceInfo } from '../../fragments/device-info.ts'
import { granule } from './granule.ts'

export const iommuDriver = element(
  'driver',
  'Options; which there are depends on the model.',
  {
    attributes: {
      intremap: optional(onOff, { doc: 'Remaps interrupts (intel, amd); of Intel it needs a split I/O APIC.' }),
      caching_mode: optional(onOff, { doc: 'Lets assigned devices follow changes of the tables (intel).' }),
      eim: optional(onOff, { doc: 'Interrupts for more than 255 processors; needs intremap (intel).' }),
      iotlb: optional(onOff, { doc: 'Devices may keep translations (intel, amd).' }),
      aw_bits: optional(unsetAtZero(integer()), { doc: 'Width of addresses in bits (intel; virtio since 12.1).' }),
      dma_translation: optional(onOff, { doc: 'off: only interrupts are remapped (intel).', since: '10.7' }),
      passthrough: optional(onOff, { doc: 'Reads and writes of devices are not translated (amd).', since: '11.5' }),
      xtsup: optional(onOff, { doc: 'x2APIC, for many processors (amd).', since: '11.5' }),
      pciBus: optional(integer(), { doc: 'Index of the PCI controller that it serves (smmuv3).', since: '11.10' }),
      accel: optional(onOff, { doc: "Accelerated by the host's SMMU (smmuv3).", since: '12.7' }),
      cmdqv: optional(onOff, { doc: 'Command queues of the host (smmuv3 with accel).', since: '12.7' }),
      ats: optional(onOff, { doc: 'Devices may ask for translations (smmuv3 with accel).', since: '12.7' }),
      ril: optional(onOff, { doc: 'Ranges are forgotten at once (smmuv3 with accel).', since: '12.7' }),
      ssidsize: optional(nonEmpty, { doc: 'Bits of a substream id, 0 to 20 (smmuv3 with accel).', since: '12.7' }),
      oas: optional(nonEmpty, { doc: 'Bits of an output address (smmuv3 with accel).', since: '12.7' }),
    },
    children: { granule: child(granule, { since: '12.1' }) },
  },
  { omitEmpty: true },
)

export const iommu = element('iommu', 'An IOMMU that the guest sees.', {
  attributes: {
    model: required(newer(oneOf('intel', 'amd', 'smmuv3', 'virtio'), { amd: '11.5' }), {
      doc: 'intel, amd: q35; smmuv3: ARM; virtio: both.',
      invalid: 'iommu/model',
    }),
  },
  children: { driver: child(iommuDriver), ...plainDeviceInfo },
})

export type Iommu = Infer<typeof iommu>
export type IommuDriver = NonNullable<Iommu['driver']>
