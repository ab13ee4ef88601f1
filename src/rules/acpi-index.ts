import type { Context, KindName } from '../context/context.ts'
import type { Addressable } from '../fragments/device-info.ts'

/** What a guest's `eno` names can say (QEMU, acpi-index); libvirt defines more. */
const largestIndex = 16383

/** An index of a console is never read. */
const unread: KindName = 'console'

/**
 * An ACPI index names a PCI device for the guest (eno1 …): QEMU must have it, the device may sit nowhere but on PCI, and
 * QEMU gives each number once (formatdomain, "Network interfaces", acpi; libvirt 11.3 and 12.8 asked: they let numbers
 * stand twice, and never look at a console).
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
    } else if (address === undefined) {
      return
    } else if (address.type !== 'pci') {
      refuse('address/acpi-index-without-pci', 'Only a PCI device has an ACPI index.', 'Remove <acpi>.')
    } else if (holders.has(acpi.index)) {
      context.error({
        code: 'address/acpi-index-in-use',
        when: 'start',
        message: `Another device has the ACPI index ${acpi.index}.`,
        hint: 'Give each device an index of its own.',
        at: acpi,
        field: 'index',
      })
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
    if (name !== unread) devices.forEach(check)
  })
}
