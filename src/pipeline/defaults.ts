import type { Context, KindName } from '../context/context.ts'
import { hasErrors } from '../diagnostic/diagnostic.ts'
import { iterateOrder } from './order.ts'
import { units, visit } from './units.ts'

/**
 * Fills what the XML leaves open, phase by phase. Running it twice changes nothing. False where not even the basics
 * are known (QEMU does not have the machine): nothing that follows would make sense.
 */
export function fillDefaults(context: Context): boolean {
  for (const unit of units) for (const rule of unit.basic ?? []) rule.apply(context)
  if (hasErrors(context.diagnostics)) return false
  for (const unit of units) for (const rule of unit.implicit ?? []) rule.apply(context)
  for (const name of iterateOrder) fillDevices(name, context)
  for (const unit of units) for (const rule of unit.final ?? []) rule.apply(context)
  return true
}

function fillDevices(name: KindName, context: Context): void {
  visit(name, context, (kind, devices) => {
    if (kind.defaults === undefined) return
    for (const device of devices) for (const rule of kind.defaults) rule.apply(device, context)
  })
}
