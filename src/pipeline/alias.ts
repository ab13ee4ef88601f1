import type { Context } from '../context/context.ts'
import type { DeviceKind } from '../context/unit.ts'
import { kinds } from '../devices/registry.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { turnsOf } from './turns.ts'

/** Names every device: the user's alias, or the one of the kind it takes its turn with. */
export function assignAliases(context: Context): void {
  for (const [name, turns] of turnsOf(context)) {
    const naming = kinds[name] as unknown as DeviceKind<Addressable>
    turns.forEach(({ device }, index) => {
      const alias = device.alias?.name ?? naming.alias?.(device, index, context)
      if (alias !== undefined) context.setAlias(device, alias)
    })
  }
}
