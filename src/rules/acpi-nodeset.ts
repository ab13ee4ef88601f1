import type { DevicesRule } from '../context/unit.ts'

/** NUMA nodes of a device are told by ACPI, in a QEMU that can (libvirt 12.8 asked: whatever the device is). */
export const acpiNodeset: DevicesRule['apply'] = ({ acpi }, _kind, _name, context) => {
  if (acpi?.nodeset === undefined || context.capabilities.has('acpi-generic-initiator')) return
  context.error({
    code: 'address/acpi-nodeset-unsupported',
    message: 'This QEMU tells no guest of NUMA nodes that belong to a device (capability acpi-generic-initiator).',
    hint: 'Remove nodeset, or use QEMU 9.0 or later with a machine that has ACPI.',
    at: acpi,
    field: 'nodeset',
  })
}
