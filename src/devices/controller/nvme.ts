import { of } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { Gate } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { Controller, ControllerOf } from './element.ts'

type NvmeController = ControllerOf<'nvme'>

interface Serial {
  readonly text: string
  /** Who says it: the controller or one of its disks. */
  readonly owner: NvmeController | Context['devices']['disk'][number]
}

/** The serial numbers that a controller and its disks name, the controller's first. */
function serialsOf(device: NvmeController, { devices }: Context): Serial[] {
  const disks = devices.disk.filter(
    ({ target, address }) => target?.bus === 'nvme' && address?.type === 'drive' && address.controller === device.index,
  )
  return [device, ...disks].flatMap((owner) => (owner.serial === undefined ? [] : [{ text: owner.serial, owner }]))
}

/** A controller has one serial number, its own or that of a disk behind it. */
export function fillNvmeSerial(device: NvmeController, context: Context): void {
  const [first] = serialsOf(device, context)
  if (device.serial !== undefined || first === undefined) return
  context.set(device, 'serial', first.text, defaultRule('controller/nvme-serial'))
}

/** QEMU: nvme. */
export function nvmeProperties(device: NvmeController, context: Context): Properties {
  const properties = new Properties()
    .put('driver', 'nvme', of(device, 'type'))
    .id(device, context)
    .field('serial', device, 'serial')
  if (device.driver)
    properties.field('num_queues', device.driver, 'queues').field('ioeventfd', device.driver, 'ioeventfd')
  return properties.append(deviceAddress(device, context))
}

/** formatdomain, "Hard drives, floppy disks, CDROMs", serial; oracle: libvirt 12.8. */
export function checkNvme(device: NvmeController, context: Context): void {
  const [first, ...others] = serialsOf(device, context)
  if (first === undefined) {
    const given = context.origins.of(device)?.kind === 'xml'
    const namespace = context.devices.disk.find(({ target }) => target?.bus === 'nvme')
    context.error({
      code: 'controller/nvme-without-serial',
      message: `NVMe controller ${device.index} has no serial number, which guests know it by.`,
      hint: 'Write <serial> in the controller, or in one of its disks.',
      at: given ? device : (namespace ?? device),
    })
    return
  }
  // What the controller says may be a disk's word: then the disk that says something else is told.
  const other = others.find(({ text }) => text !== first.text)
  if (other === undefined) return
  context.error({
    code: 'controller/nvme-serial-differs',
    message: `NVMe controller ${device.index} has the serial number ${first.text}, its disk ${other.text}: all disks of a controller share one.`,
    hint: 'Write the serial number once, or put the disk on a controller of its own.',
    at: other.owner,
    field: 'serial',
  })
}

export const nvmeGates: readonly Gate<Controller>[] = [
  {
    path: '@type',
    needs: 'nvme',
    code: 'controller/nvme-unsupported',
    what: 'NVMe controller',
    hint: "Use type='scsi' with model='virtio-scsi'.",
    is: 'nvme',
  },
]
