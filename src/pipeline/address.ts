import type { Context } from '../context/context.ts'
import { assignCcwAddresses } from './address-ccw.ts'
import { assignDimmAddresses } from './address-dimm.ts'
import { assignPciAddresses } from './address-pci.ts'
import { assignSpaprVioAddresses } from './address-spapr-vio.ts'
import { defineUsbAddresses } from './address-usb.ts'
import { assignVirtioMmioAddresses } from './address-virtio-mmio.ts'
import { assignVirtioSerialPorts } from './address-virtio-serial.ts'
import { planOf } from './each-device.ts'

/** Gives every device its place. The engines reserve the user's addresses first. */
export function assignAddresses(context: Context): void {
  assignVirtioSerialPorts(context)
  assignSpaprVioAddresses(context)
  assignVirtioMmioAddresses(context)
  assignCcwAddresses(context)
  assignDimmAddresses(context)
  assignPciAddresses(context)
  defineUsbAddresses(context)
  planOf(context).steps.addressed.now(context)
}
