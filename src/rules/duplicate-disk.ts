import type { Context } from '../context/context.ts'
import type { Disk } from '../definition.ts'
import type { Addressable } from '../fragments/device-info.ts'

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
  const places = new Map<string, Drive>()
  for (const drive of drivesOf(context)) {
    const { device, name, kind } = drive
    const { address } = device
    if (address?.type !== 'drive') continue
    const { controller, bus, target, unit } = address
    const place = `${kind} controller ${controller} bus ${bus} target ${target} unit ${unit}`
    const holder = places.get(place)
    places.set(place, drive)
    if (holder === undefined) continue
    context.error({
      code: drive.code,
      message: `${name} is at ${place}, where ${holder.name} is already.`,
      hint: 'Give one of them another address, or leave the address out.',
      at: context.origins.of(address)?.kind === 'xml' ? address : device,
      related: placeOf(holder.device, 'the device that is there', context),
    })
  }
}

interface Drive {
  readonly device: Addressable
  readonly name: string
  readonly kind: string
  readonly code: string
}

/** All that sits at drive addresses: disks, and SCSI devices of the host. */
function drivesOf({ devices }: Context): Drive[] {
  const drives: Drive[] = []
  for (const device of devices.disk) {
    const { target } = device
    if (target) drives.push({ device, name: target.dev, kind: target.bus ?? '', code: 'disk/duplicate-address' })
  }
  for (const device of devices.hostdev) {
    if (device.type !== 'scsi') continue
    drives.push({ device, name: 'the SCSI device', kind: 'scsi', code: 'hostdev/duplicate-address' })
  }
  return drives
}

function placeOf(device: object, message: string, context: Context) {
  const origin = context.origins.of(device)
  return origin?.kind === 'xml' ? [{ message, span: origin.span }] : []
}
