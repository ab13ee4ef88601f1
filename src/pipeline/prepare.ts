import type { Context } from '../context/context.ts'
import { assignBootOrder } from './boot.ts'
import { eachDevice, planOf } from './each-device.ts'

/** Computes what a start needs and the XML must not show, into the side table `context.start`. */
export function prepare(context: Context): void {
  assignBootOrder(context)
  planOf(context).steps.prepare.now(context)
  eachDevice(context, 'prepare', (device, kind) => kind.prepareDevice?.(device, context))
}
