import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'

/** What is booted directly, and the hypervisor. */
export function launchOs(context: Context, plan: LaunchBuilder): void {
  const { definition, accelerator } = context
  const { os } = definition
  for (const field of ['kernel', 'initrd', 'dtb'] as const) {
    const path = os[field]
    if (path !== undefined) plan.readable(path, `the ${field}`, of(os, field))
  }
  for (const table of os.acpi?.table ?? []) {
    if (table.value !== undefined) plan.readable(table.value, 'an ACPI table', of(table, 'value'))
  }
  if (accelerator === 'kvm') {
    const hint = "Load the module, join the group kvm, or write <domain type='qemu'> for emulation."
    plan.writable('/dev/kvm', 'KVM', of(definition, 'type'), hint)
  }
}
