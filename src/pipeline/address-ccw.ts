import type { Context } from '../context/context.ts'
import { address } from '../fragments/address.ts'
import { addressRule } from '../origin/origin.ts'
import { ccwOrder } from './order.ts'
import { visit } from './units.ts'

const virtioCssid = 0xfe
const firstFree = addressRule('ccw/first-free-devno')

/** Gives devices on the channel subsystem the first free device number of fe.0; the user's come first. */
export function assignCcwAddresses(context: Context): void {
  const used = new Set<number>()
  const waiting: { readonly address: undefined }[] = []
  for (const name of ccwOrder) {
    visit(name, context, (kind, devices) => {
      for (const device of devices) {
        if (device.address?.type === 'ccw') used.add(device.address.devno ?? 0)
        else if (device.address === undefined && kind.ccw?.(device, context))
          waiting.push(device as { address: undefined })
      }
    })
  }
  let next = 0
  for (const device of waiting) {
    while (used.has(next)) next++
    used.add(next)
    const made = address.create({ type: 'ccw', cssid: virtioCssid, ssid: 0, devno: next })
    context.set(device as { address: typeof made | undefined }, 'address', context.made(made, firstFree), firstFree)
  }
}
