import type { Context } from '../../context/context.ts'
import type { Disk } from './element.ts'

/** What the process behind the socket decides by itself (formatdomain, disk type vhostuser). */
const diskFields = [
  'readonly',
  'shareable',
  'transient',
  'serial',
  'wwn',
  'vendor',
  'product',
  'geometry',
  'blockio',
  'iotune',
  'auth',
  'encryption',
  'backingStore',
] as const

const driverFields = [
  'cache',
  'error_policy',
  'rerror_policy',
  'io',
  'ioeventfd',
  'copy_on_read',
  'discard',
  'detect_zeroes',
  'iothread',
  'iothreads',
  'metadata_cache',
] as const

/** A disk of another process: QEMU hands its virtqueues over and knows nothing of the image. */
export function checkVhostUser(disk: Disk, context: Context): void {
  if (disk.type !== 'vhostuser') return
  const { target, driver, source, snapshot } = disk
  if (target?.bus !== undefined && target.bus !== 'virtio') {
    context.error({
      code: 'disk/vhost-user-bus',
      message: `A vhost-user disk is a virtio disk, it cannot sit on the bus ${target.bus}.`,
      hint: "Use bus='virtio'.",
      at: target,
      field: 'bus',
    })
  }
  for (const field of diskFields) if (disk[field] !== undefined) refuse(disk, field, field, context)
  for (const field of ['auth', 'encryption'] as const) {
    if (source?.[field] !== undefined) refuse(source, field, field, context)
  }
  for (const field of driverFields) {
    if (driver?.[field] !== undefined) refuse(driver, field, field, context)
  }
  if (snapshot !== undefined && snapshot !== 'no') refuse(disk, 'snapshot', `snapshot='${snapshot}'`, context)
  if (source?.path === undefined) {
    context.error({
      code: 'disk/vhost-user-path',
      message: 'The socket of the vhost-user disk has no path.',
      hint: "Add path='/run/…'.",
      at: source ?? disk,
    })
  }
}

function refuse(at: object, field: string, what: string, context: Context): void {
  context.error({
    code: 'disk/vhost-user-option',
    message: `${what} is nothing that QEMU decides for a vhost-user disk.`,
    hint: 'Remove it, and tell the process behind the socket.',
    at,
    field,
  })
}
