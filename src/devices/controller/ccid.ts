import { rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { placeForController } from '../../context/controller-place.ts'
import { implicitRule } from '../../origin/origin.ts'
import { deviceAddress } from '../../parts/device-address.ts'
import { type ControllerOf, controller } from './element.ts'

/** The card readers that smartcards sit in. */
export function addCardReaders(context: Context): void {
  for (const { address } of context.devices.smartcard) {
    if (address?.type !== 'ccid') continue
    const index = address.controller ?? 0
    if (context.controllers('ccid').some((it) => it.index === index)) continue
    const made = controller.create({ type: 'ccid', index })
    const list = context.devices.controller
    context.insert(list, made, implicitRule('controller/for-smartcard'), placeForController(made, context))
  }
}

/** QEMU: usb-ccid. */
export function ccidProperties(device: ControllerOf<'ccid'>, context: Context): Properties {
  return new Properties()
    .put('driver', 'usb-ccid', rule('controller/ccid'))
    .id(device, context)
    .append(deviceAddress(device, context))
}
