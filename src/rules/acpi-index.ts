import type { Context, KindName } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'

/** What a guest's `eno` names can say (QEMU, acpi-index); libvirt defines more. */
const largestIndex = 16383

/** Character devices carry an index that nothing reads. */
const unread: ReadonlySet<KindName> = new Set(['serial', 'parallel', 'channel', 'console'])

/**
 * An ACPI index names a PCI device for the guest (eno1 …): QEMU must have it, the device must sit on PCI, and no other
 * may have the same (formatdomain, "Network interfaces", acpi).
 */
export function acpiIndex(context: Context): void {
  const holders = new Map<number, object>()
  const check = (device: Addressable) => {
    const { acpi, address } = device
    if (acpi?.index === undefined) return
    const refuse = (code: string, message: string, hint: string) =>
      context.error({ code, message, hint, at: acpi, field: 'index' })
    if (!context.capabilities.has('acpi-index')) {
      refuse(
        'address/acpi-index-unsupported',
        'QEMU has no ACPI index of devices (capability acpi-index).',
        'Use QEMU 6.0 or later, or remove <acpi>.',
      )
    } else if (address?.type !== 'pci') {
      refuse('address/acpi-index-without-pci', 'Only a PCI device has an ACPI index.', 'Remove <acpi>.')
    } else if (holders.has(acpi.index)) {
      refuse(
        'address/acpi-index-in-use',
        `Another device has the ACPI index ${acpi.index}.`,
        'Give each device an index of its own.',
      )
    }
    if (acpi.index > largestIndex) {
      context.error({
        code: 'address/acpi-index-range',
        when: 'start',
        message: `QEMU has no ACPI index above ${largestIndex}.`,
        hint: 'Choose a lower one.',
        at: acpi,
        field: 'index',
      })
    }
    holders.set(acpi.index, device)
  }
  context.eachKind((devices, name) => {
    if (!unread.has(name)) devices.forEach(check)
  })
}
