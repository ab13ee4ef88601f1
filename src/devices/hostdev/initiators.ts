import { named, of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { HostPciDevice } from '../../parts/host-pci.ts'

/**
 * One object for each NUMA node that a host function brings, after its `-device` (QEMU: acpi-generic-initiator; libvirt
 * 12.8 asked, which counts the ids since the daemon began: here it begins with the guest).
 * @param printed how many there are already
 */
export function genericInitiators(device: HostPciDevice, printed: number, context: Context): Properties[] {
  const { acpi } = device
  return (acpi?.nodeset ?? []).map((node, index) =>
    new Properties()
      .put('qom-type', 'acpi-generic-initiator', rule('hostdev/generic-initiator'))
      .put('id', `gi${printed + index}`, rule('hostdev/generic-initiator'))
      .put('pci-dev', context.alias(device), named(device))
      .put('node', node, of(acpi!, 'nodeset')),
  )
}
