import { driveIndex } from '../../address/drive.ts'
import type { Context } from '../../context/context.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import { defaultRule } from '../../origin/origin.ts'
import { busOfName } from './bus.ts'
import type { Disk } from './element.ts'

/** An empty drive has no kind of source: it is printed as one for files. */
export function emptyIsFile(context: Context): void {
  for (const disk of context.devices.disk) {
    if (!isEmpty(disk) || disk.type === 'file') continue
    context.set<Disk, 'type'>(disk, 'type', 'file', defaultRule('disk/empty'))
    context.set<Disk, 'source'>(disk, 'source', undefined, defaultRule('disk/empty'))
  }
}

/** Fills the bus where none is given. */
export function fillBuses(context: Context): void {
  for (const { device, target } of context.devices.disk) {
    if (target === undefined || target.bus !== undefined) continue
    const bus = busOfName(device, target.dev)
    if (bus !== undefined) context.set(target, 'bus', bus, defaultRule('disk/bus'))
  }
}

/** Puts each disk among those of its bus by the number that its target's name stands for; buses keep their places. */
export function sortDisks(context: Context): void {
  const sorted: Disk[] = []
  for (const disk of context.devices.disk) sorted.splice(placeOf(disk, sorted), 0, disk)
  context.replace(context.devices.disk, sorted)
}

/** Before the first of its bus with a higher number, else after the last of its bus, else at the end. */
function placeOf(disk: Disk, sorted: readonly Disk[]): number {
  const number = numberOf(disk)
  const ofBus = (other: Disk) => other.target?.bus === disk.target?.bus
  const higher = sorted.findIndex((other) => ofBus(other) && numberOf(other) > number)
  if (higher >= 0) return higher
  const last = sorted.findLastIndex(ofBus)
  return last >= 0 ? last + 1 : sorted.length
}

const numberOf = (disk: Disk): number => driveIndex(disk.target?.dev ?? '')?.index ?? -1
