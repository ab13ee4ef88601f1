import type { Context } from '../../context/context.ts'
import type { DeviceRule } from '../../context/unit.ts'
import { address } from '../../fragments/address.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import { addressRule, defaultRule } from '../../origin/origin.ts'
import { fillDefaultPorts } from '../../parts/storage-source/default-ports.ts'
import { withLun } from '../../parts/storage-source/protocols/iscsi.ts'
import { driveBus } from './bus.ts'
import { driver } from './driver.ts'
import type { Disk } from './element.ts'
import { numbersOfName, placeOfName } from './name.ts'
import { usbModel } from './usb.ts'

export const diskDefaults: readonly DeviceRule<Disk>[] = [
  {
    name: 'disk/snapshot',
    doc: 'A disk of another process takes part in no snapshot.',
    apply: (disk, context) => {
      if (disk.type !== 'vhostuser' || disk.snapshot !== undefined) return
      context.set(disk, 'snapshot', 'no', defaultRule('disk/snapshot'))
    },
  },
  {
    name: 'disk/driver',
    doc: "The driver is QEMU's own, the format raw.",
    apply: fillDriver,
  },
  usbModel,
  {
    name: 'disk/ports',
    doc: "The protocol's own port of each server without one, in the backing stores too.",
    apply: fillPorts,
  },
  {
    name: 'disk/iscsi-lun',
    doc: 'An iSCSI name without a LUN means LUN 0.',
    apply: (disk, context) => {
      if (disk.type !== 'network' || disk.source?.protocol !== 'iscsi') return
      const { name } = disk.source
      if (name === undefined || withLun(name) === name) return
      context.set(disk.source, 'name', withLun(name), defaultRule('disk/iscsi-lun'))
    },
  },
  {
    name: 'disk/place',
    doc: "The place on the controller that the target's name stands for.",
    apply: placeByName,
  },
]

function fillDriver(disk: Disk, context: Context): void {
  const reason = defaultRule('disk/driver')
  if (disk.driver === undefined) context.set(disk, 'driver', context.made(driver.create({}), reason), reason)
  const made = disk.driver!
  if (made.name === undefined) context.set(made, 'name', 'qemu', reason)
  // The format of a volume is its pool's to say.
  if (made.type === undefined && disk.type !== 'volume') context.set(made, 'type', 'raw', reason)
}

function fillPorts(disk: Disk, context: Context): void {
  let below: Disk | BackingStore | undefined = disk
  for (; below !== undefined; below = below.backingStore) {
    if (below.type !== undefined) fillDefaultPorts(below, defaultRule('disk/ports'), context)
  }
}

function placeByName(disk: Disk, context: Context): void {
  const bus = driveBus(disk)
  if (bus === undefined || disk.address !== undefined) return
  const found = numbersOfName(disk.target?.dev ?? '', context.plan)
  if (found === undefined) return
  const reason = addressRule('drive/by-name')
  const place = address.create({ type: 'drive', ...placeOfName(found, bus) })
  context.set(disk, 'address', context.made(place, reason), reason)
}
