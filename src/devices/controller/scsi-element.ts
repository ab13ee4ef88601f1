import { optional } from '../../codec/field.ts'
import { oneOf } from '../../codec/scalar.ts'

const models = oneOf(
  'auto',
  'buslogic',
  'lsilogic',
  'lsisas1068',
  'vmpvscsi',
  'ibmvscsi',
  'virtio-scsi',
  'lsisas1078',
  'ncr53c90',
  'dc390',
  'am53c974',
  'virtio-transitional',
  'virtio-non-transitional',
)

export const scsiVariant = {
  attributes: { model: optional(models, { doc: "The device; the architecture's usual one where absent." }) },
} as const
