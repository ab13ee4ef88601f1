import type { Controller } from './element.ts'

/** The order in which controllers print their devices: buses before what sits on them. */
const types: readonly Controller['type'][] = [
  'pci',
  'usb',
  'scsi',
  'ide',
  'sata',
  'virtio-serial',
  'ccid',
  'fdc',
  'xenbus',
  'isa',
]

export function printedOrder(controllers: readonly Controller[]): Controller[] {
  return types.flatMap((type) => controllers.filter((controller) => controller.type === type))
}
