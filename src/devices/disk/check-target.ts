import type { Context } from '../../context/context.ts'
import type { AddressType } from '../../fragments/address.ts'
import type { Disk, DiskBus } from './element.ts'
import { hasFrontend } from './frontend.ts'
import { numbersOfName } from './name.ts'

export type Target = NonNullable<Disk['target']>

/** The kinds of address that a disk on each bus may have. */
const addresses: { readonly [B in DiskBus]?: readonly AddressType[] } = {
  ide: ['drive'],
  fdc: ['drive'],
  sata: ['drive'],
  scsi: ['drive'],
  nvme: ['drive'],
  usb: ['usb'],
  virtio: ['pci', 'ccw', 'virtio-mmio', 'virtio-s390', 'unassigned'],
  sd: [],
}

export function checkTarget(disk: Disk, target: Target, context: Context): void {
  checkBus(target, context)
  checkName(target, context)
  checkFloppyName(disk, target, context)
  checkAddress(disk, target, context)
  checkRemovable(disk, target, context)
  const refused =
    target.bus === 'fdc' ? context.machine.noFloppy && context.plan.at(context.machine.noFloppy) : undefined
  if (refused !== undefined) {
    context.error({
      code: 'disk/no-floppy',
      message: `Machines of the kind ${context.machine.family} have no floppy drives.`,
      hint: 'Use a CD drive or a virtio disk.',
      at: target,
      field: 'bus',
      when: refused,
    })
  }
}

function checkBus(target: Target, context: Context): void {
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
      code: 'disk/bus-without-device',
      message: `QEMU has no disks on the bus ${target.bus}.`,
      hint: 'Use virtio, scsi, sata, ide, usb, nvme, fdc or sd.',
      at: target,
      field: 'bus',
      when: 'start',
    })
  }
}

/** QEMU's option for SD cards has no word for a controller that it drives itself (libvirt 11.3 and 12.8 asked). */
export function checkSdSource({ type, target }: Disk, context: Context): void {
  if (type !== 'nvme' || target?.bus !== 'sd') return
  context.error({
    code: 'disk/sd-source',
    message: 'An SD card cannot be a namespace of an NVMe controller.',
    hint: 'Use another bus, or another source.',
    at: target,
    field: 'bus',
    when: 'start',
  })
}

function checkName(target: Target, context: Context): void {
  const found = numbersOfName(target.dev, context.plan)
  if (found === undefined || found.partition !== undefined) {
    context.error({
      code: found ? 'disk/target-partition' : 'disk/target-name',
      message: found
        ? `${target.dev} is the name of a partition: a guest is given whole disks.`
        : `${target.dev} is not the name of a disk.`,
      hint: 'Use letters only: hda, sdb, vdc, fda; nvme0n1 on NVMe.',
      at: target,
      field: 'dev',
    })
  }
}

/** Names of floppies number a bus of their own. Source: libvirt 11.3 and 12.8 asked. */
function checkFloppyName({ device }: Disk, target: Target, context: Context): void {
  const isElsewhere = target.bus !== undefined && target.bus !== 'fdc'
  if (device !== 'disk' || !isElsewhere || !target.dev.startsWith('fd')) return
  context.error({
    code: 'disk/target-name',
    message: `${target.dev} is the name of a floppy, and this is a disk on the bus ${target.bus}.`,
    hint: 'Use a name such as sda or vda.',
    at: target,
    field: 'dev',
  })
}

function checkAddress({ address }: Disk, { bus, dev }: Target, context: Context): void {
  const known = bus && addresses[bus]
  // QEMU has to have the bus, the board need not (oracle: 11.3, 12.8).
  const hasMmio = context.capabilities.has('virtio-mmio')
  const allowed = hasMmio ? known : known?.filter((type) => type !== 'virtio-mmio')
  if (address === undefined || allowed === undefined || allowed.includes(address.type)) return
  context.error({
    code: 'disk/address-type',
    message: `${dev} is on the bus ${bus}: it cannot have an address of type ${address.type}.`,
    hint: allowed[0] === undefined ? 'Leave the address out.' : `Use type='${allowed[0]}', or leave the address out.`,
    at: address,
    field: 'type',
  })
}

function checkRemovable({ device }: Disk, target: Target, context: Context): void {
  if (
    target.removable === undefined ||
    target.bus === undefined ||
    target.bus === 'usb' ||
    (target.bus === 'scsi' && device === 'disk')
  )
    return
  context.error({
    code: 'disk/removable-bus',
    message: `A ${device} on the bus ${target.bus} cannot show as removable.`,
    hint: 'Remove removable, or put the disk on USB or SCSI.',
    at: target,
    field: 'removable',
  })
}
