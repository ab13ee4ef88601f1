import type { Context, KindName } from '../context/context.ts'
import type { Device, DeviceKind } from '../context/unit.ts'
import { planFor } from './plan.ts'
import type { Plan, Walk } from './planned.ts'

/** All that the release of a conversion does. */
export const planOf = (context: Context): Plan => planFor(context.plan.release)

/** What a walk meets: a device, its kind, and its place among the devices of its kind, from 0. */
export type DeviceVisitor = (device: Device, kind: DeviceKind<Device>, name: KindName, index: number) => void

/** Calls `visit` for each device of a walk, in its order. The only loop over kinds. */
export function eachDevice(context: Context, walk: Walk, visit: DeviceVisitor): void {
  for (const { name, kind } of planOf(context).walks[walk]) {
    const devices: readonly Device[] = context.devices[name]
    for (let index = 0; index < devices.length; index++) visit(devices[index]!, kind, name, index)
  }
}
