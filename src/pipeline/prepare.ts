import type { Context } from '../context/context.ts'
import { assignBootOrder } from './boot.ts'
import { iterateOrder } from './order.ts'
import { units, visit } from './units.ts'

/** Computes what a start needs and the XML must not show, into the side table `context.start`. */
export function prepare(context: Context): void {
  assignBootOrder(context)
  for (const unit of units) unit.prepare?.(context)
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      if (kind.prepareDevice) for (const device of devices) kind.prepareDevice(device, context)
    })
  }
}
