import type { Context } from '../context/context.ts'
import { eachDevice } from '../context/plan.ts'
import { assignBootOrder } from './boot.ts'

/** Computes what a start needs and the XML must not show, into the side table `context.start`. */
export function prepare(context: Context): void {
  assignBootOrder(context)
  for (const step of context.plan.steps.prepare) step(context)
  eachDevice(context, 'prepare', (device, kind) => kind.prepareDevice?.(device, context))
}
