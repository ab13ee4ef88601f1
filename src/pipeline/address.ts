import type { Context } from '../context/context.ts'
import { assignCcwAddresses } from './address-ccw.ts'
import { assignPciAddresses } from './address-pci.ts'
import { checkUsbAddresses } from './address-usb.ts'

/** Gives every device its place. The engines reserve the user's addresses first. */
export function assignAddresses(context: Context): void {
  assignCcwAddresses(context)
  assignPciAddresses(context)
  checkUsbAddresses(context)
}
