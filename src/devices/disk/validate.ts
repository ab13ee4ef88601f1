import type { Context } from '../../context/context.ts'
import { canRead } from '../../fragments/storage-source/format-layer.ts'
import type { Disk } from './element.ts'
import { hasFrontend } from './frontend.ts'
import { isEmpty } from './images.ts'

export function checkDisk(disk: Disk, context: Context): void {
  const { target } = disk
  if (target === undefined) {
    context.error({
      code: 'disk/missing-target',
      message: 'The disk has no target.',
      hint: "Add <target dev='vda' bus='virtio'/>.",
      at: disk,
    })
    return
  }
  checkBus(target, context)
  checkSource(disk, context)
}

function checkBus(target: NonNullable<Disk['target']>, context: Context): void {
  if (target.bus === undefined) {
    context.error({
      code: 'disk/unknown-bus',
      message: `The name ${target.dev} stands for no bus.`,
      hint: "Add bus='…', or call it hda, sda or vda.",
      at: target,
      field: 'dev',
    })
  } else if (!hasFrontend(target.bus) && target.bus !== 'sd') {
    context.error({
      code: 'disk/bus-not-built',
      message: `domxml has no disks on the bus ${target.bus} yet.`,
      hint: 'Without it the command line would be wrong, so none is printed.',
      at: target,
      field: 'bus',
      when: 'start',
    })
  }
}

function checkSource(disk: Disk, context: Context): void {
  if (isEmpty(disk)) {
    if (disk.device === 'cdrom' || disk.device === 'floppy') return
    context.error({
      code: 'disk/missing-source',
      message: `The ${disk.device} ${disk.target?.dev} has no source.`,
      hint: 'Add <source …/>; only CD drives and floppies may be empty.',
      at: disk,
    })
    return
  }
  if (disk.driver?.type !== undefined && !canRead(disk.driver.type)) {
    context.error({
      code: 'disk/format-without-driver',
      message: `QEMU does not read the format ${disk.driver.type}.`,
      hint: 'Convert the image with qemu-img.',
      at: disk.driver,
      field: 'type',
      when: 'start',
    })
  }
}
