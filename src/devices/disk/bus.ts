import type { Disk, DiskBus } from './element.ts'

const prefixes: readonly (readonly [prefix: string, bus: DiskBus])[] = [
  ['hd', 'ide'],
  ['sd', 'scsi'],
  ['vd', 'virtio'],
  ['xvd', 'xen'],
  ['ubd', 'uml'],
  ['nvme', 'nvme'],
]

/** The bus that a target's name stands for (formatdomain, "Hard drives, floppy disks, CDROMs", target). */
export function busOfName(device: Disk['device'], name: string): DiskBus | undefined {
  if (device === 'floppy') return 'fdc'
  return prefixes.find(([prefix]) => name.startsWith(prefix))?.[1]
}

/** Buses whose disks sit at a drive address, on a controller of the same name. */
export const driveBuses = ['fdc', 'ide', 'sata', 'scsi', 'nvme'] as const
export type DriveBus = (typeof driveBuses)[number]

export function driveBus(disk: Disk): DriveBus | undefined {
  return driveBuses.find((bus) => bus === disk.target?.bus)
}
