import type { Context } from '../../context/context.ts'
import type { AddressOf } from '../../fragments/address.ts'
import { checkScsiPlace } from '../../parts/scsi-place.ts'
import { type DriveBus, driveBus } from './bus.ts'
import type { Disk } from './element.ts'

type Place = AddressOf<'drive'>
type Field = 'controller' | 'bus' | 'target'

/** The highest number of each part of a place, as libvirt sees to it; QEMU itself refuses units that are not there. */
const highest: { readonly [B in DriveBus]: { readonly [F in Field]?: number } } = {
  fdc: { controller: 0, bus: 0, target: 0 },
  ide: { target: 0 },
  sata: { bus: 0, target: 0 },
  scsi: {},
  nvme: {},
}

/** Whether the disk's controller has such a place. */
export function checkPlace(disk: Disk, context: Context): void {
  const { address } = disk
  const bus = driveBus(disk)
  if (bus === undefined || address?.type !== 'drive') return
  if (bus === 'scsi') checkScsiPlace(address, context)
  for (const [field, limit] of Object.entries(highest[bus])) {
    if (address[field as Field] > limit) refuse(disk, address, bus, field as Field, limit, context)
  }
}

function refuse(disk: Disk, address: Place, bus: DriveBus, field: Field, limit: number, context: Context): void {
  context.error({
    code: 'disk/place',
    message: `${disk.target?.dev} is at ${field} ${address[field]}, but the highest ${field} of ${bus} is ${limit}.`,
    hint: 'Leave the address out, and choose a name that still has a place.',
    at: context.origins.of(address)?.kind === 'xml' ? address : disk,
  })
}
