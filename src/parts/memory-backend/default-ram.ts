import type { Context } from '../../context/context.ts'

/** The id QEMU expects on the back-end that replaces the machine's own RAM; undefined where it takes none. */
export function defaultRamId(context: Context): string | undefined {
  const { capabilities, accelerator, definition } = context
  return capabilities.machine(definition.os.type.machine ?? '', accelerator)?.defaultRamId
}
