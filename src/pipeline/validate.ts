import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'
import { rules } from '../rules/registry.ts'
import { iterateOrder } from './order.ts'
import { units, visit } from './units.ts'

/** Runs every check of every section and device; all findings are collected. */
export function validate(context: Context): void {
  for (const unit of units) unit.validate?.(context)
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      for (const gate of kind.gates ?? []) for (const device of devices) checkGate(gate, device, context)
      if (kind.check) for (const device of devices) kind.check(device, context)
    })
  }
  for (const rule of rules) rule(context)
}

function checkGate<T>(gate: Gate<T>, device: T, context: Context): void {
  const { capabilities } = context
  if (capabilities.has(gate.needs)) return
  const at = gate.when(device, context)
  if (at === undefined) return
  const { major, minor, micro } = capabilities.version
  context.error({
    code: gate.code,
    message: `QEMU ${major}.${minor}.${micro} has no ${gate.what} (capability ${gate.needs}).`,
    hint: gate.hint,
    at,
    ...(gate.at && { when: gate.at }),
  })
}
