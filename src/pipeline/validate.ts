import type { Context } from '../context/context.ts'
import type { Gate } from '../context/unit.ts'
import { eachDevice, planOf } from './each-device.ts'

/** Runs every check of every section and device; all findings are collected. */
export function validate(context: Context): void {
  const { steps, deviceRules } = planOf(context)
  for (const step of steps.validate) step(context)
  eachDevice(context, 'checks', (device, { gates = [], deviceChecks = [], check }) => {
    for (const gate of gates) checkGate(gate, device, context)
    check?.(device, context)
    for (const rule of deviceChecks) rule.apply(device, context)
  })
  for (const step of steps.rules) step(context)
  for (const rule of deviceRules) {
    eachDevice(context, 'all', (device, kind, name) => rule.apply(device, kind, name, context))
  }
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
