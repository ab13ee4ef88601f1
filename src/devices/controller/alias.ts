import type { Context } from '../../context/context.ts'
import type { Controller } from './element.ts'

/** libvirt's alias of a controller: short names for the board's own first ones, `TYPEn` otherwise. */
export function controllerAlias(device: Controller, context: Context): string {
  const index = device.index ?? 0
  switch (device.type) {
    case 'pci':
      return device.model === 'pcie-root' ? `pcie.${index}` : `pci.${index}`
    case 'usb':
      return index === 0 ? 'usb' : `usb${index}`
    case 'ide':
    case 'sata':
      if (index === 0 && context.machine.builtInControllers.some(({ type }) => type === device.type)) return 'ide'
      return `${device.type}${index}`
    default:
      return `${device.type}${index}`
  }
}
