import type { Context } from '../context/context.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** Names every device: the user's alias, or the kind's. */
export function assignAliases(context: Context): void {
  for (const name of iterateOrder) {
    visit(name, context, (kind, devices) => {
      devices.forEach((device, index) => {
        const alias = device.alias?.name ?? kind.alias?.(device, index, context)
        if (alias !== undefined) context.setAlias(device, alias)
      })
    })
  }
}
