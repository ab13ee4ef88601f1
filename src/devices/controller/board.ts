import type { Context } from '../../context/context.ts'
import { isUnsetPci } from '../../fragments/pci-address.ts'
import type { Controller } from './element.ts'

/** Where the board itself holds the first controller of a type (PIIX3 IDE at 1.1, ICH9 SATA at 1f.2). */
export function boardPlace(device: Controller, context: Context) {
  if (device.index !== 0) return undefined
  const model = 'model' in device ? device.model : undefined
  return context.machine.builtInControllers.find(
    (it) => it.type === device.type && (it.model === undefined || model === undefined || it.model === model),
  )?.address
}

/**
 * A controller of the chipset is nowhere else.
 * @param what the controller, as its model or type is called
 * @param code of the finding: `controller/usb-board-place`, `controller/drive-board-place`
 * Source: libvirt 11.3 and 12.8, asked for PIIX3 USB and IDE, and ICH9 SATA, at 12 places.
 */
export function checkBoardPlace(device: Controller, what: string, code: string, context: Context): void {
  const { address } = device
  const place = boardPlace(device, context)
  if (!place || address?.type !== 'pci' || isUnsetPci(address)) return
  const { domain = 0, bus = 0, slot = 0, function: own = 0 } = address
  if (domain === 0 && bus === place.bus && slot === place.slot && own === place.function) return
  context.error({
    code,
    message: `The first ${what} is part of the board, at slot ${place.slot}, function ${place.function} of bus ${place.bus}.`,
    hint: 'Remove <address>.',
    at: address,
  })
}
