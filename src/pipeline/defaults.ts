import type { Context } from '../context/context.ts'
import { eachDevice } from '../context/plan.ts'

/**
 * Fills what the XML leaves open, phase by phase. Running it twice changes nothing. False where not even the basics
 * are known (QEMU does not have the machine): nothing that follows would make sense.
 */
export function fillDefaults(context: Context): boolean {
  const { units } = context.plan
  for (const unit of units) for (const rule of unit.basic ?? []) rule.apply(context)
  if (context.isStuck) return false
  for (const unit of units) for (const rule of unit.implicit ?? []) rule.apply(context)
  eachDevice(context, 'defaults', (device, { defaults = [] }) => {
    for (const rule of defaults) rule.apply(device, context)
  })
  for (const unit of units) for (const rule of unit.final ?? []) rule.apply(context)
  return true
}
