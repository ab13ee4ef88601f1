import type { Context } from '../context/context.ts'
import type { Controller, Disk } from '../definition.ts'

/** The I/O threads that disks and SCSI controllers name must be there. */
export function knownIothread(context: Context): void {
  const ids = new Set(context.iothreadIds)
  const check = (owner: object, field: string, id: number | undefined) => {
    if (id === undefined || ids.has(id)) return
    context.error({
      code: 'iothread/unknown',
      message: `The guest has no I/O thread ${id}.`,
      hint: `${ids.size === 0 ? '' : `It has ${[...ids].join(', ')}. `}${addThread(id, context)}`,
      at: owner,
      field,
    })
  }
  const checkDriver = ({ driver }: Disk | Controller) => {
    if (driver === undefined) return
    check(driver, 'iothread', driver.iothread)
    for (const thread of driver.iothreads?.iothread ?? []) check(thread, 'id', thread.id)
  }
  context.devices.disk.forEach(checkDriver)
  context.devices.controller.forEach(checkDriver)
}

/** Threads are counted from one, or listed by number. */
function addThread(id: number, { definition }: Context): string {
  return definition.iothreadids === undefined
    ? `Write <iothreads>${id}</iothreads>: they are counted from 1.`
    : `Add <iothread id='${id}'/> to <iothreadids>, and count it in <iothreads>.`
}
