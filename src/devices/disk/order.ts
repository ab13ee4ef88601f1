import { driveIndex } from '../../address/drive.ts'
import type { Context } from '../../context/context.ts'
import { isEmpty } from '../../fragments/storage-source/empty.ts'
import { defaultRule } from '../../origin/origin.ts'
import { elementsOf } from '../../xml/tree.ts'
import { busOfName } from './bus.ts'
import type { Disk } from './element.ts'

/** A drive without a <source> has no kind of source: it is printed as one for files. */
export function emptyIsFile(context: Context): void {
  for (const disk of context.devices.disk) {
    if (!isEmpty(disk) || disk.type === 'file') continue
    // An empty one keeps its kind (oracle: 11.3, 12.8).
    const node = context.origins.nodeOf(disk)
    if (node && elementsOf(node).some(({ name }) => name === 'source')) continue
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

/**
 * Puts the disks of one bus together, and those whose XML names none (libvirt 11.3 and 12.8 asked), where the bus is first met, by the number that their targets' names stand for; those
 * of one number keep their order.
 */
export function sortDisks(context: Context): void {
  const byBus = new Map<string | undefined, { disk: Disk; number: number }[]>()
  for (const disk of context.devices.disk) {
    const ranked = { disk, number: numberOf(disk) }
    const ofBus = byBus.get(disk.target?.bus)
    if (ofBus === undefined) byBus.set(disk.target?.bus, [ranked])
    else ofBus.push(ranked)
  }
  const sorted: Disk[] = []
  for (const ofBus of byBus.values())
    for (const { disk } of ofBus.sort((a, b) => a.number - b.number)) sorted.push(disk)
  context.replace(context.devices.disk, sorted)
}

const numberOf = (disk: Disk): number => driveIndex(disk.target?.dev ?? '')?.index ?? -1
