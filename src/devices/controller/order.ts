import type { Controller } from './element.ts'

type ControllerTypes = readonly Controller['type'][]

/** The order in which controllers print their devices: buses before what sits on them. */
export const busTypes: ControllerTypes = ['pci', 'usb', 'scsi', 'ide', 'sata', 'virtio-serial', 'xenbus', 'isa', 'nvme']

/** Those that print after the hubs, to which a card reader may be plugged. */
export const lateTypes: ControllerTypes = ['ccid', 'fdc']

export function printedOrder(types: ControllerTypes, controllers: readonly Controller[]): Controller[] {
  const printed: Controller[] = []
  for (const type of types) for (const controller of controllers) if (controller.type === type) printed.push(controller)
  return printed
}
