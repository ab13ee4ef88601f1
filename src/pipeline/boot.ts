import type { Context } from '../context/context.ts'
import { eachDevice } from './each-device.ts'

/**
 * Spreads the boot list of `<os>` over the devices: each entry stands for the first device of its class
 * (formatdomain, "BIOS bootloader", boot). Where devices have an order of their own, the list is empty.
 */
export function assignBootOrder(context: Context): void {
  const places = new Map(context.definition.os.boot.map(({ dev }, index) => [dev, index + 1]))
  eachDevice(context, 'boot', (device, kind) => {
    const bootClass = kind.bootsAs?.(device)
    const place = bootClass && places.get(bootClass)
    if (!bootClass || place === undefined) return
    places.delete(bootClass)
    context.setBootIndex(device, place)
  })
}
