import type { CommandLineBuilder } from '../../argv/command-line.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { emitDevice } from '../../parts/emit-device.ts'
import { emitImage } from '../../parts/storage-source/opened.ts'
import { managedReservationObject } from '../../parts/storage-source/reservations.ts'
import { virtioPciWish } from '../../parts/virtio-device.ts'
import { diskAlias } from './alias.ts'
import { checkIotuneGroups, shareLimits } from './check-iotune.ts'
import { newerChecks } from './check-newer.ts'
import { diskClaims } from './claims.ts'
import { copyOnRead, copyOnReadNode } from './copy-on-read.ts'
import { diskDefaults } from './defaults.ts'
import type { Disk } from './element.ts'
import { frontend } from './frontend.ts'
import { diskGates } from './gates.ts'
import { type Chain, chainOf, openChains } from './images.ts'
import { launchDisk, launchReservations } from './launch.ts'
import { emptyIsFile, fillBuses, sortDisks } from './order.ts'
import { printSdCard } from './sd-card.ts'
import { throttleNode } from './throttle.ts'
import { isBehindBot, usbBot, virtioModelOf } from './usb.ts'
import { checkDisk } from './validate.ts'
import { printVhostUserSocket } from './vhost-user.ts'

export const diskKind = {
  ownPlaceChecks: { drive: true, taken: true },
  basic: [
    { name: 'disk/empty', doc: 'An empty drive is one for files.', apply: emptyIsFile },
    {
      name: 'disk/order',
      doc: "Disks of one bus, and those that name none, stand in the order of their targets' names.",
      apply: sortDisks,
    },
    {
      name: 'disk/iotune-group',
      doc: 'Who only names a group of limits has the limits of the first disk that says them.',
      apply: shareLimits,
    },
    { name: 'disk/bus', doc: "The bus where none is given: what the target's name stands for.", apply: fillBuses },
  ],
  defaults: diskDefaults,
  pci: (disk, context) =>
    disk.target?.bus === 'virtio' ? virtioPciWish(virtioModelOf(disk), disk, context) : undefined,
  usb: (disk) => (disk.target?.bus === 'usb' ? {} : undefined),
  virtio: (disk) => disk.target?.bus === 'virtio',
  alias: (disk, _index, context) => diskAlias(disk, context),
  bootsAs: (disk) => (disk.device === 'cdrom' ? 'cdrom' : disk.device === 'floppy' ? 'fd' : 'hd'),
  gates: diskGates,
  check: checkDisk,
  deviceChecks: newerChecks,
  deviceClaims: diskClaims,
  validate: checkIotuneGroups,
  prepare: openChains,
  launch: launchReservations,
  launchDevice: launchDisk,
  argv: {
    // One helper serves every disk that leaves it to libvirt.
    reservations: (context, out) => {
      const managed = context.devices.disk.some((disk) => reservationsOf(disk)?.managed)
      if (managed) out.object(managedReservationObject(context))
    },
    devices: (context, out) => {
      for (const disk of context.devices.disk) printDisk(disk, context, out)
    },
  },
} satisfies DeviceKind<Disk>

function reservationsOf({ source }: Disk) {
  return source !== undefined && 'reservations' in source ? source.reservations : undefined
}

function printDisk(disk: Disk, context: Context, out: CommandLineBuilder): void {
  // A transient disk that shares its image is plugged in after the start, with an overlay of its own.
  if (disk.transient?.shareBacking) return
  if (disk.target?.bus === 'sd') {
    printSdCard(disk, context, out)
    return
  }
  if (disk.type === 'vhostuser') printVhostUserSocket(disk, context, out)
  const chain = chainOf(disk, context)
  for (const image of chain?.opened ?? []) emitImage(image, out)
  const node = chain && printFilters(disk, chain, context, out)
  if (isBehindBot(disk)) out.device(usbBot(disk, context))
  emitDevice(disk, frontend(disk, node, context), context, out)
}

/** What stands between image and device, from the image up. @returns the node that the device refers to */
function printFilters(disk: Disk, chain: Chain, context: Context, out: CommandLineBuilder): string {
  let { node } = chain
  const filter = copyOnRead(disk, node)
  if (filter) {
    out.json('-blockdev', filter)
    node = copyOnReadNode(disk)
  }
  for (const [index, throttle] of (disk.throttlefilters?.throttlefilter ?? []).entries()) {
    const above = chain.filters[index]!
    out.json('-blockdev', throttleNode(throttle, above, node, context.plan))
    node = above
  }
  return node
}
