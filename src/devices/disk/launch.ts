import { of, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import { domainDirectory } from '../../context/domain-name.ts'
import type { BackingStore } from '../../fragments/storage-source/backing.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import { launchSource } from '../../parts/storage-source/launch.ts'
import { managedReservationSocket } from '../../parts/storage-source/reservations.ts'
import type { Disk } from './element.ts'
import { limitsOf } from './iotune.ts'

/** Its images, the limits that the command line cannot say, and what only libvirt makes. */
export function launchDisk(disk: Disk, context: Context, plan: LaunchBuilder): void {
  launchSource(disk, disk.readonly === true, 'the image of a disk', plan)
  let below: BackingStore | undefined = disk.backingStore
  while (below?.type !== undefined) {
    launchSource(below, true, 'an image below that of a disk', plan)
    below = below.backingStore
  }
  if (disk.iotune) {
    const alias = context.alias(disk)
    // A virtio device hands its block device on to a child.
    const id = disk.target?.bus === 'virtio' ? `/machine/peripheral/${alias}/virtio-backend` : alias
    const limits = { id, group: alias, ...limitsOf(disk.iotune) }
    plan.qmp({
      execute: 'block_set_io_throttle',
      arguments: limits,
      what: 'limits of a disk',
      from: of(disk, 'iotune'),
    })
  }
  if (disk.transient) {
    context.error({
      code: 'launch/transient-disk',
      message: 'A transient disk gets its overlay from libvirt while the guest starts.',
      hint: 'Remove <transient/>, and name an overlay made with qemu-img create -b.',
      at: disk.transient,
      when: 'start',
    })
  }
}

/** One helper of persistent reservations serves all disks. */
export function launchReservations(context: Context, plan: LaunchBuilder): void {
  const managed = context.devices.disk.some(
    ({ source }) => source !== undefined && 'reservations' in source && source.reservations?.managed,
  )
  if (!managed) return
  const socket = managedReservationSocket(context)
  const argv = [context.host.config.prHelperName, '-k', socket, '-f', `${domainDirectory(context)}/pr-helper.pid`]
  plan.helper({ name: 'qemu-pr-helper', argv, socket, follows: false, from: rule('storage/managed-reservations') })
}
