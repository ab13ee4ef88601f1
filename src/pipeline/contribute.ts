import type { Context } from '../context/context.ts'
import { type SharedOptions, sharedOptions } from '../context/shared-options.ts'
import { planOf } from './each-device.ts'

/**
 * The options that several rooms fill, as the sections and devices of a prepared definition fill them. Finds
 * `cpu/switches-without-model`.
 */
export function contribute(context: Context): SharedOptions {
  const shared = sharedOptions()
  planOf(context).steps.contribute.now(context, shared)
  if (!shared.cpu.isEmpty && !shared.cpu.has('model')) refuseWithoutModel(context)
  return shared
}

/** What sections and devices ask of the processor needs a name that it can follow (oracle: 12.8, whose QEMU names none for Arm). */
function refuseWithoutModel(context: Context): void {
  const { arch, definition } = context
  context.error({
    code: 'cpu/switches-without-model',
    message: `Something asks for switches of the processor, but the machine type tells no processor of ${arch} that has them.`,
    hint: "Name one in <cpu>: a <model>, or mode='maximum'.",
    at: definition.cpu ?? definition.features ?? definition,
    when: 'start',
  })
}
