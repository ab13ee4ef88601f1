import { element, type Infer } from '../../codec/element.ts'
import { child, optional } from '../../codec/field.ts'
import { cNumber, integer, unsetAtZero } from '../../codec/number.ts'
import { nonEmpty, oneOf, onOff } from '../../codec/scalar.ts'
import { iothreads } from '../../fragments/iothread-mapping.ts'
import { formats, metadataCache } from '../../fragments/storage-source/format.ts'
import { virtioOptions } from '../../fragments/virtio-options.ts'
import { statistics } from './statistics-element.ts'

const errorPolicies = oneOf('stop', 'report', 'ignore', 'enospace')
const readErrorPolicies = oneOf('stop', 'report', 'ignore')

/** An old name of raw that libvirt still reads (libvirt 11.3 and 12.8 asked). */
const oldName = 'aio'
const driverFormats: typeof formats = {
  ...formats,
  parse: (raw) => formats.parse(raw === oldName ? 'raw' : raw),
  spelling: (raw) => (raw === oldName ? 'raw' : undefined),
}

export const driver = element(
  'driver',
  'How the disk is driven: format, caching, queues.',
  {
    attributes: {
      name: optional(nonEmpty, { keepsEmpty: true, doc: 'Driver of the hypervisor: qemu.' }),
      type: optional(driverFormats, { doc: 'Format of the image.', invalid: 'disk/unknown-format' }),
      cache: optional(oneOf('default', 'none', 'writethrough', 'writeback', 'directsync', 'unsafe'), {
        doc: "How the host's page cache is used.",
        omit: (it) => it === 'default',
      }),
      error_policy: optional(errorPolicies, { doc: 'What happens on an error.' }),
      rerror_policy: optional(readErrorPolicies, { doc: 'What happens on a read error.' }),
      io: optional(oneOf('threads', 'native', 'io_uring'), { doc: 'How the host does asynchronous I/O.' }),
      ioeventfd: optional(onOff, { doc: 'virtio: I/O in a thread of its own.' }),
      event_idx: optional(onOff, { doc: 'virtio: fewer interrupts and exits.' }),
      copy_on_read: optional(onOff, { doc: 'What is read from the backing image is copied into this one.' }),
      discard: optional(oneOf('unmap', 'ignore'), { doc: "What becomes of the guest's discards." }),
      iothread: optional(cNumber({ min: 1 }), { doc: 'Number of the I/O thread that serves the disk.' }),
      detect_zeroes: optional(oneOf('off', 'on', 'unmap'), { doc: 'What becomes of written zeroes.' }),
      discard_no_unref: optional(onOff, { doc: 'qcow2: discarded clusters stay allocated in the image.' }),
      queues: optional(unsetAtZero(integer()), { doc: 'virtio: number of virtqueues.' }),
      queue_size: optional(unsetAtZero(integer()), { doc: 'virtio: entries of a virtqueue, a power of two.' }),
      ...virtioOptions,
    },
    children: {
      metadata_cache: child(metadataCache),
      iothreads: child(iothreads),
      statistics: child(statistics, { since: '11.9' }),
    },
  },
  { omitEmpty: true },
)

export type Driver = Infer<typeof driver>
