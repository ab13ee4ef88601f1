import type { DeviceRule } from '../../context/unit.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import { refuseProtocol } from '../../parts/storage-source/validate.ts'
import type { Disk } from './element.ts'

/** What libvirt refuses since 11.3, and let through before. */
export const newerChecks: readonly DeviceRule<Disk>[] = [
  {
    name: 'disk/sheepdog',
    doc: 'Sheepdog is gone from QEMU.',
    since: '11.3',
    apply: (disk, context) => {
      if (disk.type !== 'network' || disk.source?.protocol !== 'sheepdog') return
      context.error({
        code: 'disk/sheepdog-gone',
        message: 'QEMU 6.1 and later cannot open images on Sheepdog.',
        hint: 'Move the image to another storage.',
        at: disk.source,
        field: 'protocol',
      })
    },
  },
  {
    name: 'disk/vxhs',
    doc: 'A disk is none of VxHS, which QEMU has given up; what is below one is not looked at.',
    since: '11.3',
    until: '12.8',
    apply: (disk, context) => {
      if (disk.type !== 'network' || disk.source?.protocol !== 'vxhs') return
      refuseProtocol(disk.source, { when: 'start' }, context)
    },
  },
  {
    name: 'disk/usb-empty',
    doc: 'A USB disk has a medium.',
    since: '11.3',
    apply: (disk, context) => {
      if (disk.target?.bus !== 'usb' || disk.model === 'usb-bot' || !isEmpty(disk)) return
      context.error({
        code: 'disk/usb-empty',
        message: 'A USB disk without a medium cannot be started.',
        hint: "Add a <source>, or use bus='sata' or 'scsi' for an empty drive.",
        at: disk,
      })
    },
  },
  {
    name: 'disk/virtio-lun',
    doc: 'SCSI commands reach a virtio disk only where this QEMU passes them on.',
    since: '11.3',
    apply: (disk, context) => {
      if (disk.device !== 'lun' || disk.target?.bus !== 'virtio') return
      if (context.capabilities.has('virtio-blk-pci.scsi')) return
      context.error({
        code: 'disk/virtio-lun',
        message: 'This QEMU passes no SCSI commands to a virtio disk (capability virtio-blk-pci.scsi).',
        hint: "Use bus='scsi', or device='disk'.",
        at: disk,
        field: 'device',
      })
    },
  },
]
