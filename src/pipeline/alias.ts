import type { Context } from '../context/context.ts'
import { planOf } from './each-device.ts'
import { turnsOf } from './turns.ts'

/** Names every device: the user's alias, or the one of the kind it takes its turn with. */
export function assignAliases(context: Context): void {
  for (const [name, turns] of turnsOf(context)) {
    const naming = planOf(context).kinds[name]
    let unnamed = 0
    turns.forEach(({ device }, index) => {
      const number = naming.aliasCountsUnnamed ? unnamed : index
      if (device.alias?.name === undefined) unnamed++
      const alias = device.alias?.name ?? naming.alias?.(device, number, context)
      if (alias !== undefined) context.setAlias(device, alias)
    })
  }
}
