import type { DevicesRule } from '../context/unit.ts'

/** Places that no device of this guest, or not this one, can have. Source: libvirt 11.3 and 12.8. */
export const addressType: DevicesRule['apply'] = (device, kind, name, context) => {
  const { address } = device
  if (address === undefined) return
  const refuse = (code: string, message: string, hint: string, when?: 'start') =>
    context.error({ code, message, hint, at: address, field: 'type', ...(when && { when }) })
  if (address.type === 'unassigned' && name !== 'hostdev') {
    refuse('address/unassigned', 'Only a host device can be one that the guest does not see.', 'Remove <address>.')
  } else if (address.type === 'ccw' && context.virtioBus !== 'ccw') {
    refuse(
      'address/ccw-unsupported',
      `This machine (${context.machine.family}) has no channel subsystem.`,
      'Remove <address>, or use the s390-ccw-virtio machine.',
    )
  } else if (address.type === 'virtio-s390') {
    refuse('address/virtio-s390', 'The bus of that name is gone; it never had places.', 'Remove <address>.')
  } else if (kind.virtio?.(device, context) === true && !virtioPlaces.has(address.type) && name !== 'interface') {
    refuse(
      'address/virtio-type',
      `A virtio device cannot sit at an address of type ${address.type}.`,
      "Use an address of type 'pci', 'ccw' or 'virtio-mmio', or none.",
      'start',
    )
  }
}

const virtioPlaces: ReadonlySet<string> = new Set(['pci', 'ccw', 'virtio-mmio', 'unassigned'])
