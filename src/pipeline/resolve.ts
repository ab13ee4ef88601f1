import type { Context } from '../context/context.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** What only the host knows and aliases depend on (a network that hands out host functions), into `context.start`. */
export function resolve(context: Context): void {
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      if (kind.resolveDevice) for (const device of devices) kind.resolveDevice(device, context)
    })
  }
}
