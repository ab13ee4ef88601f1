import type { Context } from '../context/context.ts'
import type { Device, DeviceKind, DevicesRule, PlaceCheck } from '../context/unit.ts'
import type { Address } from '../fragments/address.ts'
import { checkScsiPlace } from '../parts/scsi-place.ts'

/** Places that no device of this guest, or not this one, can have. Source: libvirt 11.3 and 12.8. */
export const addressType: DevicesRule['apply'] = (device, kind, _name, context) => {
  const { address } = device
  if (address === undefined) return
  const refuse = (code: string, message: string, hint: string, when?: 'start') =>
    context.error({ code, message, hint, at: address, field: 'type', ...(when && { when }) })
  const leaves = (check: PlaceCheck) => kind.ownPlaceChecks?.[check] !== true
  if (address.type === 'drive' && leaves('drive')) checkScsiPlace(address, context)
  if (address.type === 'unassigned' && leaves('unassigned')) {
    refuse('address/unassigned', 'Only a host device can be one that the guest does not see.', 'Remove <address>.')
  } else if (address.type === 'ccw' && context.virtioBus !== 'ccw') {
    refuse(
      'address/ccw-unsupported',
      `This machine (${context.machine.family}) has no channel subsystem.`,
      'Remove <address>, or use the s390-ccw-virtio machine.',
    )
  } else if (kind.virtio?.(device, context) === true && !virtioPlaces.has(address.type) && leaves('virtio')) {
    refuse(
      'address/virtio-type',
      `A virtio device cannot sit at an address of type ${address.type}.`,
      "Use an address of type 'pci', 'ccw' or 'virtio-mmio', or none.",
      'start',
    )
  } else if (leaves('other-bus') && kind.virtio?.(device, context) !== true) warnOfBus(address, device, kind, context)
}

/** What libvirt prints, and QEMU then refuses: a place on a bus that is not the device's. */
function warnOfBus(at: Address, device: Device, kind: DeviceKind<Device>, context: Context): void {
  const bus = kind.pci?.(device, context) ? 'pci' : kind.usb?.(device, context) ? 'usb' : undefined
  if (bus === undefined || at.type === bus || at.type === 'unassigned') return
  context.warn({
    code: 'address/other-bus',
    message: `The device sits on ${bus.toUpperCase()}: QEMU will not start with its address of type ${at.type}.`,
    hint: `Use an address of type '${bus}', or none.`,
    at,
    field: 'type',
  })
}

const virtioPlaces: ReadonlySet<string> = new Set(['pci', 'ccw', 'virtio-mmio', 'unassigned'])
