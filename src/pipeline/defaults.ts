import type { Context } from '../context/context.ts'
import type { Staged } from '../staged.ts'
import { eachDevice, planOf } from './each-device.ts'

/**
 * Fills what the XML leaves open, phase by phase. Running it twice changes nothing. False where not even the basics
 * are known (QEMU does not have the machine): nothing that follows would make sense.
 */
export function* fillDefaults(context: Context): Staged<boolean> {
  const { steps } = planOf(context)
  steps.basic.now(context)
  if (context.isStuck) return false
  yield 'defaults'
  steps.implicit.now(context)
  yield 'defaults'
  eachDevice(context, 'defaults', (device, { defaults = [] }) => {
    for (const rule of defaults) rule.apply(device, context)
  })
  yield 'defaults'
  steps.final.now(context)
  yield 'defaults'
  return true
}
