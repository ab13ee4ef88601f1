import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceRule } from '../../context/unit.ts'
import { isVirtioModel, type VirtioModel } from '../../fragments/virtio-model.ts'
import { defaultRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import type { Disk } from './element.ts'

/** The model of a virtio disk; undefined where it is one of USB. */
export function virtioModelOf({ model }: Disk): VirtioModel | undefined {
  return isVirtioModel(model) ? model : undefined
}

/**
 * usb-storage shows every disk as a disk; a CD drive of a guest that is new is one of usb-bot, where it is seen as a drive
 * (formatdomain, "Hard drives, floppy disks, CDROMs", model).
 */
export const usbModel: DeviceRule<Disk> = {
  name: 'disk/usb-model',
  doc: 'A USB disk is usb-storage; a CD drive of a new guest usb-bot.',
  since: '11.5',
  apply: (disk, context) => {
    if (disk.target?.bus !== 'usb' || disk.model !== undefined) return
    const asDrive = disk.device === 'cdrom' && context.options.abiUpdate && context.capabilities.has('usb-bot')
    context.set(disk, 'model', asDrive ? 'usb-bot' : 'usb-storage', defaultRule('disk/usb-model'))
  },
}

export const isBehindBot = ({ model }: Disk): boolean => model === 'usb-bot'

/** `usb-bot`: a SCSI bus on USB with one place, in front of the disk itself. */
export function usbBot(disk: Disk, context: Context): Properties {
  return new Properties()
    .put('driver', 'usb-bot', of(disk, 'model'))
    .id(disk, context)
    .append(deviceAddress(disk, context))
}

/** What `-device` says first of a USB disk. */
export function usbDisk(disk: Disk, context: Context): Properties {
  const properties = new Properties()
  if (!isBehindBot(disk)) {
    return properties.put('driver', 'usb-storage', of(disk, 'device', 'target')).append(deviceAddress(disk, context))
  }
  const from = rule('disk/usb-bot')
  return properties
    .put('driver', disk.device === 'cdrom' ? 'scsi-cd' : 'scsi-hd', of(disk, 'device', 'model'))
    .put('bus', `${context.alias(disk)}.0`, from)
    .put('scsi-id', 0, from)
    .put('lun', 0, from)
}
