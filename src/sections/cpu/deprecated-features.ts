import type { Context } from '../../context/context.ts'
import { dated } from '../../release/dated.ts'
import type { Cpu } from './element.ts'

/**
 * Deprecated features are switched only where QEMU tells which they are (oracle: 11.3 refuses x86 and ARM at a start, 12.8
 * takes them and prints nothing, as these have none).
 */
export function checkDeprecatedFeatures(cpu: Cpu, context: Context): void {
  if (cpu.deprecated_features === undefined) return
  if (context.capabilities.has('query-cpu-model-expansion.deprecated-props')) return
  context.error({
    code: 'cpu/deprecated-features',
    message: 'This QEMU does not tell which CPU features are deprecated.',
    hint: 'Remove deprecated_features.',
    at: cpu,
    field: 'deprecated_features',
    when: 'start',
  })
}

/** Whether an emulating QEMU, too, is asked what its CPU is made of on IBM Z (oracle: 12.8; 11.3 knows no list there). */
const asksEmulation = dated(false, ['12.8', true])

/** The features that `deprecated_features='off'` switches off, whatever else is said of them (oracle: 11.3, 12.8). */
export function switchedOff(cpu: Cpu, { capabilities, accelerator, plan }: Context): readonly string[] {
  if (cpu.deprecated_features !== false) return []
  return accelerator === 'tcg' && !plan.at(asksEmulation) ? [] : capabilities.deprecatedFeatures(accelerator)
}
