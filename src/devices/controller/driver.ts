import { element, type Infer } from '../../codec/element.ts'
import { child, optional } from '../../codec/field.ts'
import { integer, unsetAtZero } from '../../codec/number.ts'
import { onOff } from '../../codec/scalar.ts'
import { iothreads } from '../../fragments/iothread-mapping.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'

const number = unsetAtZero(integer())

/** Any controller may have it; what a controller can do with it is checked (oracle: libvirt 11.3, 12.8). */
export const driver = element(
  'driver',
  'How a controller works: queues and threads.',
  {
    attributes: {
      queues: optional(number, { doc: 'virtio-scsi, nvme: number of queues.' }),
      cmd_per_lun: optional(number, { doc: 'virtio-scsi: commands a LUN at the same time.' }),
      max_sectors: optional(number, { doc: 'virtio-scsi: sectors of one command.' }),
      ioeventfd: optional(onOff, { doc: 'virtio-scsi, nvme: I/O in a thread of its own.' }),
      iothread: optional(number, { doc: 'virtio-scsi: number of the I/O thread that serves the controller.' }),
      ...virtioOptions,
    },
    children: { iothreads: child(iothreads, { since: '11.2' }) },
  },
  { omitEmpty: true },
)

export type Driver = Infer<typeof driver>
