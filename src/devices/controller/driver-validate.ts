import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { checkIothreadMapping } from '../../parts/iothread-mapping.ts'
import type { Driver } from './driver.ts'
import type { Controller } from './element.ts'
import { isVirtioScsi } from './scsi.ts'

/** The options that only some controllers have. Options of virtio are taken of any, and printed of virtio ones. */
const options = ['queues', 'cmd_per_lun', 'max_sectors', 'ioeventfd', 'iothread', 'iothreads'] as const
const ofNvme: ReadonlySet<keyof Driver> = new Set(['queues', 'ioeventfd'])

export function checkControllerDriver(device: Controller, context: Context): void {
  const { driver } = device
  if (driver === undefined) return
  const isVirtio = device.type === 'scsi' && isVirtioScsi(device)
  for (const field of options) {
    if (driver[field] === undefined || isVirtio || (device.type === 'nvme' && ofNvme.has(field))) continue
    const model = 'model' in device && device.model !== undefined ? ` of the model ${device.model}` : ''
    context.error({
      code: 'controller/scsi-driver-options',
      message: `${field} is an option of virtio SCSI controllers, not of the ${device.type} controller${model}.`,
      hint: "Remove it, or use type='scsi' and model='virtio-scsi'.",
      at: driver,
      field,
    })
  }
  if (!isVirtio) return
  checkIothreadMapping(driver, 'controller', context)
  const { type } = device.address ?? {}
  if ((driver.iothread ?? driver.iothreads) === undefined || type === undefined || type === 'pci' || type === 'ccw')
    return
  context.error({
    code: 'controller/iothread-address',
    message: `An I/O thread serves SCSI controllers on PCI and ccw, not on ${type}.`,
    hint: 'Remove the I/O thread, or the address.',
    at: driver,
  })
}

export const driverGates: readonly Gate<Controller>[] = [
  {
    path: 'driver/iothreads',
    needs: 'virtio-scsi.iothread-mapping',
    code: 'controller/iothread-mapping-unsupported',
    what: 'SCSI controller with several I/O threads',
    hint: "Use one: iothread='1'.",
    when: ({ driver }) => (driver?.iothreads?.iothread.length ? driver.iothreads : undefined),
  },
]
