import type { PciWish } from '../../context/address-wish.ts'
import type { Context } from '../../context/context.ts'
import { isUnsetPci } from '../../fragments/pci-address.ts'
import { virtioPciWish } from '../../parts/virtio-device.ts'
import { boardPlace } from './board.ts'
import type { Controller } from './element.ts'
import { isForeign } from './foreign.ts'
import { isVirtioScsi, scsiFlavour } from './scsi.ts'
import { usbWish } from './usb-companions.ts'

/** What a controller that is itself a PCI device asks for. PCI controllers are the engine's own. */
export function pciWish(device: Controller, context: Context): PciWish | undefined {
  if (device.type === 'pci' || device.type === 'fdc') return undefined
  if (device.type === 'ccid' || (device.type === 'usb' && device.model === 'none')) return undefined
  if (isForeign(device)) {
    const { address } = device
    return address?.type === 'pci' && !isUnsetPci(address) ? { plug: 'pci' } : undefined
  }
  if (boardPlace(device, context)) return { plug: 'pci', builtIn: true }
  if (device.type === 'virtio-serial') return virtioPciWish(device.model, device, context)
  if (device.type === 'scsi' && device.model === 'ncr53c90') return undefined
  if (device.type === 'scsi' && isVirtioScsi(device)) return virtioPciWish(scsiFlavour(device), device, context)
  if (device.type === 'nvme') return { plug: 'pcie' }
  return device.type === 'usb' ? usbWish(device, context) : { plug: 'pci' }
}

export function isVirtioController(device: Controller): boolean {
  return device.type === 'virtio-serial' || (device.type === 'scsi' && device.model?.startsWith('virtio') === true)
}
