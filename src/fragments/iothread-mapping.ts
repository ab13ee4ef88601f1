import { element, type Infer } from '../codec/element.ts'
import { many, required } from '../codec/field.ts'
import { cNumber } from '../codec/number.ts'

const queue = element('queue', 'A virtqueue served by the thread.', {
  attributes: { id: required(cNumber(), { doc: 'Number of the virtqueue, from 0.' }) },
})

const iothread = element('iothread', 'An I/O thread that serves virtqueues of the device.', {
  attributes: { id: required(cNumber(), { doc: 'Number of the I/O thread.' }) },
  children: { queue: many(queue) },
})

/** `<iothreads>` of the driver of a disk or a SCSI controller. */
export const iothreads = element(
  'iothreads',
  'The I/O threads that share the virtqueues of the device.',
  { children: { iothread: many(iothread) } },
  { omitEmpty: true },
)

export type IothreadMapping = Infer<typeof iothreads>
