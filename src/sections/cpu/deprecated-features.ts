import type { Context } from '../../context/context.ts'
import type { Cpu } from './element.ts'

/**
 * Deprecated features are switched only where QEMU tells which they are (oracle: 11.3 refuses x86 and ARM at a start, 12.8
 * takes them and prints nothing, as these have none). On IBM Z they are QEMU's own list, which no table holds yet.
 */
export function checkDeprecatedFeatures(cpu: Cpu, context: Context): void {
  if (cpu.deprecated_features === undefined) return
  const refuse = (code: string, message: string, hint: string) =>
    context.error({ code, message, hint, at: cpu, field: 'deprecated_features', when: 'start' })
  if (!context.capabilities.has('query-cpu-model-expansion.deprecated-props')) {
    refuse(
      'cpu/deprecated-features',
      'This QEMU does not tell which CPU features are deprecated.',
      'Remove deprecated_features.',
    )
  } else if (context.arch === 's390x' && cpu.deprecated_features === false) {
    refuse(
      'cpu/deprecated-features-not-built',
      'libvirt switches off the features that QEMU calls deprecated, domxml does not know them yet.',
      "Write <feature policy='disable'> for each.",
    )
  }
}
