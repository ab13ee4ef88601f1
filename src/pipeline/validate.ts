import type { Capabilities } from '../capabilities/capabilities.ts'
import type { Context } from '../context/context.ts'
import type { Device, Gate } from '../context/unit.ts'
import type { Staged } from '../staged.ts'
import { eachDevice, planOf } from './each-device.ts'
import { askedBy } from './gate.ts'

/** Runs every check of every section and device; all findings are collected. */
export function* validate(context: Context): Staged<void> {
  const { steps, deviceRules } = planOf(context)
  steps.validate.now(context)
  yield 'validate'
  eachDevice(context, 'checks', (device, { gates, deviceChecks, check }) => {
    if (gates) for (const gate of closed(gates, context.capabilities)) checkGate(gate, device, context)
    check?.(device, context)
    if (deviceChecks) for (const rule of deviceChecks) rule.apply(device, context)
  })
  yield 'validate'
  steps.rules.now(context)
  for (const rule of deviceRules) {
    eachDevice(context, 'all', (device, kind, name) => rule.apply(device, kind, name, context))
  }
  yield 'validate'
}

type Gates = readonly Gate<Device>[]

const closedGates = new WeakMap<Capabilities, Map<Gates, Gates>>()

/** The gates that a QEMU does not pass: few, and looked for once. */
function closed(gates: Gates, capabilities: Capabilities): Gates {
  let known = closedGates.get(capabilities)
  if (known === undefined) {
    known = new Map()
    closedGates.set(capabilities, known)
  }
  let found = known.get(gates)
  if (found === undefined) {
    found = gates.filter(({ needs }) => !capabilities.has(needs))
    known.set(gates, found)
  }
  return found
}

function checkGate(gate: Gate<Device>, device: Device, context: Context): void {
  const { capabilities } = context
  const at = askedBy(gate, device, context)
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
