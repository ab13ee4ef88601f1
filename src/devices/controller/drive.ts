import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { placeForController } from '../../context/controller-place.ts'
import type { AddressOf } from '../../fragments/address.ts'
import type { Addressable } from '../../fragments/device-info.ts'
import { implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { type Controller, type ControllerOf, controller } from './element.ts'
import { fillScsiModel } from './scsi.ts'

/** In the order in which libvirt adds them. */
const driveTypes = ['scsi', 'fdc', 'ide', 'sata', 'nvme'] as const
type DriveType = (typeof driveTypes)[number]

/** More controllers than any machine has slots for, bridges counted: the numbers beyond would only cost time and memory. */
const mostControllers = 1024

/** Controllers up to the highest that an address of a disk or SCSI device names are there, whether the XML has them or not. */
export function addDriveControllers(context: Context): void {
  for (const type of driveTypes) {
    let highest = -1
    for (const device of drivesOn(type, context)) {
      const place = device.address
      if (place?.type !== 'drive') continue
      if (place.controller < mostControllers) highest = Math.max(highest, place.controller)
      else refuseNumber(type, device, place, context)
    }
    if (highest < 0) continue
    const known = new Set(context.controllers(type).map(({ index }) => index))
    for (let index = 0; index <= highest; index++) if (!known.has(index)) addController(type, index, context)
  }
}

/** A SCSI host device brings its controller while it is read: before the board's own, and so before them in the list. */
export function addHostdevControllers(context: Context): void {
  for (const device of context.devices.hostdev) {
    if (device.type !== 'scsi') continue
    const highest = device.address?.type === 'drive' ? device.address.controller : 0
    // More than there may be is said of the drive, later.
    if (highest >= mostControllers) continue
    const known = new Set(context.controllers('scsi').map(({ index }) => index))
    for (let index = 0; index <= highest; index++) if (!known.has(index)) addController('scsi', index, context)
  }
}

function refuseNumber(type: DriveType, device: object, place: AddressOf<'drive'>, context: Context): void {
  const given = context.origins.of(place)?.kind === 'xml'
  context.error({
    code: 'controller/too-many',
    message: `${given ? 'The address' : "The target's name"} asks for ${type} controller ${place.controller} and all before it.`,
    hint: `Give the drive a place on one of the first ${mostControllers} controllers.`,
    ...(given ? { at: place, field: 'controller' } : { at: device }),
  })
}

function drivesOn(type: DriveType, { devices }: Context): readonly Addressable[] {
  const disks = devices.disk.filter(({ target }) => target?.bus === type)
  return type === 'scsi' ? [...disks, ...devices.hostdev.filter((device) => device.type === 'scsi')] : disks
}

function addController(type: DriveType, index: number, context: Context): void {
  const made = controller.create({ type, index })
  context.insert(
    context.devices.controller,
    made,
    implicitRule('controller/for-disk'),
    placeForController(made, context),
  )
  if (made.type === 'scsi') fillScsiModel(made, context)
}

/** True where the board itself has the controller: no `-device` makes it. */
export function isOnBoard(device: Controller, context: Context): boolean {
  return device.index === 0 && context.machine.builtInControllers.some((it) => it.type === device.type)
}

/** `-device` of a SATA controller beyond the board's own. */
export function sataProperties(device: ControllerOf<'sata'>, context: Context): Properties | undefined {
  if (isOnBoard(device, context)) return undefined
  return new Properties()
    .put('driver', 'ahci', rule('controller/ahci'))
    .id(device, context)
    .append(deviceAddress(device, context))
}

const floppies = ({ devices }: Context) => devices.disk.filter(({ target }) => target?.bus === 'fdc')

/** `bootindexA`, `bootindexB`: floppies are booted from by their drive's place on the floppy controller. */
function floppyBoot(context: Context): Properties {
  const properties = new Properties()
  for (const disk of floppies(context)) {
    if (disk.address?.type !== 'drive') continue
    const drive = disk.address.unit ? 'B' : 'A'
    for (const { name, value, from } of context.bootIndex(disk).list) properties.put(`${name}${drive}`, value, from)
  }
  return properties
}

/**
 * `-device` of the floppy controller, one for all where there is a floppy; a board that has one is told by
 * `floppyGlobals`. Source: oracle (11.3, 12.8), q35 with `<controller type='fdc'/>` alone and with index 1.
 */
export function floppyProperties(device: ControllerOf<'fdc'>, context: Context): Properties | undefined {
  if (context.machine.floppyController !== 'added' || device.index !== 0 || floppies(context).length === 0)
    return undefined
  return new Properties().put('driver', 'isa-fdc', of(device, 'type')).append(floppyBoot(context))
}

/** `-global isa-fdc.bootindexA=1` for the board's own floppy controller. */
export function floppyGlobals(context: Context): Properties {
  return context.machine.floppyController === 'built-in' ? floppyBoot(context) : new Properties()
}
