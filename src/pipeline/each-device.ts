import type { Context } from '../context/context.ts'
import type { Device } from '../context/unit.ts'
import { planFor } from './plan.ts'
import type { DeviceVisitor, Plan, PlannedKind, Walk } from './planned.ts'

/** All that the release of a conversion does. */
export const planOf = (context: Context): Plan => planFor(context.plan.release)

/** Calls `visit` for each device of a walk, in its order. The only loop over kinds. */
export function eachDevice(context: Context, walk: Walk, visit: DeviceVisitor): void {
  planOf(context).walks[walk].each.now(context.devices, eachOfKind, visit)
}

/** A device that a visit adds at the end of the list has its turn, too. */
function eachOfKind({ name, kind }: PlannedKind, list: unknown, visit: DeviceVisitor): void {
  const devices = list as readonly Device[]
  for (let index = 0; index < devices.length; index++) visit(devices[index]!, kind, name, index)
}
