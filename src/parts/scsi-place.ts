import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Context } from '../context/context.ts'
import type { Controller } from '../definition.ts'
import type { AddressOf } from '../fragments/address.ts'

type ScsiModel = NonNullable<Extract<Controller, { type: 'scsi' }>['model']>

/** Old parallel SCSI: a place is a SCSI id, without channel and LUN. */
const flat: readonly (ScsiModel | undefined)[] = ['lsilogic', 'ncr53c90', 'dc390', 'am53c974']

/** The SCSI controller on which an address of type drive is a place. */
export function scsiController(address: AddressOf<'drive'>, context: Context) {
  return context.controllerAt('scsi', address.controller)
}

function isFlatScsi(address: AddressOf<'drive'>, context: Context): boolean {
  return flat.includes(scsiController(address, context)?.model)
}

/** libvirt names disks of lsilogic controllers by three numbers, of all others by four. */
export function hasShortName(address: AddressOf<'drive'>, context: Context): boolean {
  return scsiController(address, context)?.model === 'lsilogic'
}

/** Where a device sits on a SCSI controller, as QEMU's SCSI devices take it. */
export function scsiPlace(address: AddressOf<'drive'>, context: Context): Properties {
  const controller = scsiController(address, context)
  if (controller === undefined) {
    context.error({
      code: 'address/no-scsi-controller',
      message: `An address of type drive is a place on a SCSI controller, and there is none with index ${address.controller}.`,
      hint: 'Remove <address>.',
      at: address,
      when: 'start',
    })
    return new Properties()
  }
  const bus = onBoard(controller) ? 'scsi' : context.alias(controller)
  const properties = new Properties().put('bus', `${bus}.0`, of(address, 'controller'))
  if (isFlatScsi(address, context)) return properties.field('scsi-id', address, 'unit')
  return properties.field('channel', address, 'bus').field('scsi-id', address, 'target').field('lun', address, 'unit')
}

/** The controller of sun4m boards, whose bus has a name of its own. */
const onBoard = ({ model }: NonNullable<ReturnType<typeof scsiController>>) => model === 'ncr53c90'

/** Whether a SCSI controller has such a place: it has one bus, and the old ones have units only. */
export function checkScsiPlace(address: AddressOf<'drive'>, context: Context): void {
  const refuse = (field: 'bus' | 'target', why: string, hint: string) =>
    context.error({
      code: 'address/scsi-place',
      message: `SCSI controller ${address.controller} has no ${field} ${address[field]}: ${why}.`,
      hint,
      at: address,
      field,
    })
  if (address.bus) refuse('bus', 'it has one bus', "Write bus='0'.")
  if (address.target && isFlatScsi(address, context)) {
    const why = `the only places of the model ${scsiController(address, context)?.model} are units`
    refuse('target', why, "Write target='0', or use a controller of another model.")
  }
}
