import { rule } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'

export const featuresSection = {
  contribute: (context, { machine }) => {
    const type = context.capabilities.machine(context.definition.os.type.machine ?? '', context.accelerator)
    const possible = type?.acpi !== 'no'
    if (possible && !context.definition.features?.acpi) machine.put('acpi', false, rule('features/no-acpi'))
  },
} satisfies Section
