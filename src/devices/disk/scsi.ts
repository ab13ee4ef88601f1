import type { Context } from '../../context/context.ts'
import type { Controller } from '../../definition.ts'
import type { Disk } from './element.ts'

type ScsiModel = NonNullable<Extract<Controller, { type: 'scsi' }>['model']>

/** The SCSI controller that a disk sits on. */
export function scsiController(disk: Disk, context: Context) {
  const { address } = disk
  if (address?.type !== 'drive') return undefined
  return context.controllers('scsi').find((it) => it.index === address.controller)
}

const flat: readonly (ScsiModel | undefined)[] = ['lsilogic', 'ncr53c90', 'dc390', 'am53c974']

/** Old parallel SCSI: a place is a SCSI id, without channel and LUN. */
export function isFlatScsi(disk: Disk, context: Context): boolean {
  return flat.includes(scsiController(disk, context)?.model)
}
