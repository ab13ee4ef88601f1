import type { Context } from '../context/context.ts'

/** The I/O threads that disks and SCSI controllers name must be there. */
export function knownIothread(context: Context): void {
  const ids = new Set(context.iothreadIds)
  const check = (owner: object, field: string, id: number | undefined) => {
    if (id === undefined || ids.has(id)) return
    context.error({
      code: 'iothread/unknown',
      message: `The guest has no I/O thread ${id}.`,
      hint: ids.size === 0 ? 'Add <iothreads>1</iothreads>.' : `It has ${[...ids].join(', ')}.`,
      at: owner,
      field,
    })
  }
  for (const { driver } of context.devices.disk) {
    if (driver === undefined) continue
    check(driver, 'iothread', driver.iothread)
    for (const thread of driver.iothreads?.iothread ?? []) check(thread, 'id', thread.id)
  }
  for (const { driver } of context.controllers('scsi')) if (driver) check(driver, 'iothread', driver.iothread)
}
