import type { Context } from '../context/context.ts'
import { rules } from '../rules/registry.ts'
import { iterateOrder } from './order.ts'
import { units, visit } from './units.ts'

/** Runs every check of every section and device; all findings are collected. */
export function validate(context: Context): void {
  for (const unit of units) unit.validate?.(context)
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      if (kind.check) for (const device of devices) kind.check(device, context)
    })
  }
  for (const rule of rules) rule(context)
}
