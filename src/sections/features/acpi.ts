import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'

/** Whether the machine has ACPI at all, by what QEMU tells of it. */
export function machineAcpi({ capabilities, definition, accelerator }: Context): 'yes' | 'no' | 'unknown' | undefined {
  return capabilities.machine(definition.os.type.machine ?? '', accelerator)?.acpi
}

/** Guests of machines that once were given ACPI without having it lose it, unless they are new. */
export const forgottenAcpi: DomainRule = {
  name: 'features/acpi',
  doc: 'An existing guest of IBM Z forgets that it was said to have ACPI.',
  since: '11.3',
  apply: (context) => {
    const { features } = context.definition
    if (!features?.acpi || context.options.abiUpdate || !context.machine.forgetsAcpi) return
    if (machineAcpi(context) === 'no')
      context.set(features, 'acpi', undefined, { kind: 'default', rule: 'features/acpi' })
  },
}

/** Before libvirt 11.3 the word had no effect on a machine without ACPI. */
export const acpiCheck: DomainRule = {
  name: 'features/acpi',
  doc: 'Only a machine that has ACPI can be told to show it.',
  since: '11.3',
  apply: (context) => {
    const { features, os } = context.definition
    if (!features?.acpi || machineAcpi(context) !== 'no') return
    context.error({
      code: 'features/acpi-unsupported',
      message: `Machines of type ${os.type.machine} have no ACPI.`,
      hint: 'Remove <acpi/>.',
      at: features,
      field: 'acpi',
    })
  },
}
