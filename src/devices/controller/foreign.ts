import type { Context } from '../../context/context.ts'
import { isUnsetPci } from '../../fragments/pci-address.ts'
import type { Controller } from './element.ts'

/** Xen's bus and ISA have no device in QEMU: libvirt finds no place for them, and prints nothing of one that is given a place. */
export function isForeign({ type }: Controller): boolean {
  return type === 'xenbus' || type === 'isa'
}

/** Oracle: libvirt 11.3 and 12.8, whatever the machine. */
export function checkForeign(device: Controller, context: Context): void {
  const { address } = device
  const isOpen = address === undefined || (address.type === 'pci' && isUnsetPci(address))
  if (!isForeign(device) || !isOpen) return
  context.error({
    code: 'controller/without-device',
    message:
      device.type === 'xenbus'
        ? "The controller of the type xenbus is one of Xen's guests; QEMU has none."
        : `QEMU has no controller of the type ${device.type}.`,
    hint: 'Remove the controller.',
    at: device,
    field: 'type',
  })
}
