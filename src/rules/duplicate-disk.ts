import type { Context } from '../context/context.ts'
import type { Disk } from '../definition.ts'

/** No two disks have one target name or one place on a controller. Places follow from names, so names come first. */
export function duplicateDisk(context: Context): void {
  if (!findNamesakes(context)) findNeighbours(context)
}

function findNamesakes(context: Context): boolean {
  const names = new Map<string, Disk>()
  let found = false
  for (const disk of context.devices.disk) {
    const { target } = disk
    if (target === undefined) continue
    const namesake = names.get(target.dev)
    names.set(target.dev, disk)
    if (namesake === undefined) continue
    found = true
    context.error({
      code: 'disk/duplicate-target',
      message: `Two disks are called ${target.dev}.`,
      hint: 'Give each a name of its own.',
      at: target,
      field: 'dev',
      related: placeOf(namesake, 'the other disk', context),
    })
  }
  return found
}

function findNeighbours(context: Context): void {
  const places = new Map<string, Disk>()
  for (const disk of context.devices.disk) {
    const { target, address } = disk
    if (target === undefined || address?.type !== 'drive') continue
    const { controller, bus, target: id, unit } = address
    const place = `${target.bus} controller ${controller} bus ${bus} target ${id} unit ${unit}`
    const holder = places.get(place)
    places.set(place, disk)
    if (holder === undefined) continue
    context.error({
      code: 'disk/duplicate-address',
      message: `${target.dev} is at ${place}, where ${holder.target?.dev} is already.`,
      hint: 'Give one of them another address, or leave the address out.',
      at: context.origins.of(address)?.kind === 'xml' ? address : disk,
      related: placeOf(holder, 'the disk that is there', context),
    })
  }
}

function placeOf(disk: Disk, message: string, context: Context) {
  const origin = context.origins.of(disk)
  return origin?.kind === 'xml' ? [{ message, span: origin.span }] : []
}
