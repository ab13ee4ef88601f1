import type { CommandLineBuilder } from '../../argv/command-line.ts'
import type { Context } from '../../context/context.ts'
import type { DeviceKind } from '../../context/unit.ts'
import { emitDevice } from '../../fragments/emit-device.ts'
import { emitImage } from '../../fragments/storage-source/opened.ts'
import { diskAlias } from './alias.ts'
import { diskDefaults } from './defaults.ts'
import type { Disk } from './element.ts'
import { frontend } from './frontend.ts'
import { chainOf, openChains } from './images.ts'
import { fillBuses, sortDisks } from './order.ts'
import { checkDisk } from './validate.ts'

export const diskKind = {
  basic: [
    { name: 'disk/bus', doc: "The bus where none is given: what the target's name stands for.", apply: fillBuses },
    { name: 'disk/order', doc: "Disks of one bus stand in the order of their targets' names.", apply: sortDisks },
  ],
  defaults: diskDefaults,
  pci: (disk, context) => {
    if (disk.target?.bus !== 'virtio' || context.machine.virtioBus !== 'pci') return undefined
    return { plug: disk.model === 'virtio-transitional' ? 'pci' : 'pcie' }
  },
  usb: (disk) => (disk.target?.bus === 'usb' ? {} : undefined),
  ccw: (disk, context) => disk.target?.bus === 'virtio' && context.machine.virtioBus === 'ccw',
  alias: (disk, _index, context) => diskAlias(disk, context),
  bootsAs: (disk) => (disk.device === 'cdrom' ? 'cdrom' : disk.device === 'floppy' ? 'fd' : 'hd'),
  check: checkDisk,
  prepare: openChains,
  argv: {
    devices: (context, out) => {
      for (const disk of context.devices.disk) printDisk(disk, context, out)
    },
  },
} satisfies DeviceKind<Disk>

function printDisk(disk: Disk, context: Context, out: CommandLineBuilder): void {
  const chain = chainOf(disk, context)
  for (const image of chain?.opened ?? []) emitImage(image, out)
  emitDevice(disk, frontend(disk, chain?.node, context), context, out)
}
