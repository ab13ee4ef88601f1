import type { Context } from '../../context/context.ts'
import type { Controller } from './element.ts'
import { isCompanion } from './usb-companions.ts'

const companion = (device: Controller) => device.type === 'usb' && isCompanion(device)

function standsBefore(device: Controller, other: Controller): boolean {
  const [mine, theirs] = [device.index, other.index]
  if (mine === undefined || theirs === undefined) return false
  return mine < theirs || (mine === theirs && !companion(device) && companion(other))
}

/** Controllers of a type stand together, by the index that is given, a master before its companions. */
export function sortControllers(context: Context): void {
  const list = context.devices.controller
  const sorted: Controller[] = []
  for (const device of list) {
    const after = sorted.findIndex((it) => it.type === device.type && standsBefore(device, it))
    const last = sorted.findLastIndex((it) => it.type === device.type)
    sorted.splice(after >= 0 ? after : last >= 0 ? last + 1 : sorted.length, 0, device)
  }
  if (sorted.some((it, index) => it !== list[index])) context.replace<Controller>(list, sorted)
}
