import { element } from '../../codec/element.ts'
import { child, optional } from '../../codec/field.ts'
import { cNumber, unsetAtZero } from '../../codec/number.ts'
import { oneOf, onOff } from '../../codec/scalar.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

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

const driver = element(
  'driver',
  'How a virtio SCSI controller works.',
  {
    attributes: {
      queues: optional(unsetAtZero(cNumber()), { doc: 'Number of queues.' }),
      cmd_per_lun: optional(unsetAtZero(cNumber()), { doc: 'Commands a LUN at the same time.' }),
      max_sectors: optional(unsetAtZero(cNumber()), { doc: 'Sectors of one command.' }),
      ioeventfd: optional(onOff, { doc: 'I/O in a thread of its own.' }),
      iothread: optional(cNumber({ min: 1 }), { doc: 'Number of the I/O thread that serves the controller.' }),
      ...virtioOptions,
    },
  },
  { omitEmpty: true },
)

export const scsiVariant = {
  attributes: { model: optional(models, { doc: "The device; the architecture's usual one where absent." }) },
  children: { driver: child(driver) },
} as const
