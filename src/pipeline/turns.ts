import type { Context, KindName } from '../context/context.ts'
import type { Device, DeviceKind } from '../context/unit.ts'
import { eachDevice } from './each-device.ts'

/** A device and the kind whose facts hold for it. */
export interface Turn {
  readonly kind: DeviceKind<Device>
  readonly device: Device
}

/**
 * The devices of each kind that has any, in the order they take their turn: first those of other kinds that go along with
 * it (interfaces that are host devices), then its own.
 */
export function turnsOf(context: Context): ReadonlyMap<KindName, readonly Turn[]> {
  const guests = new Map<KindName, Turn[]>()
  const own = new Map<KindName, Turn[]>()
  eachDevice(context, 'all', (device, kind, name) => {
    const host = kind.turn?.(device, context)
    const [turns, key] = host === undefined ? [own, name] : [guests, host]
    const list = turns.get(key)
    if (list === undefined) turns.set(key, [{ kind, device }])
    else list.push({ kind, device })
  })
  for (const [name, turns] of guests) own.set(name, [...turns, ...(own.get(name) ?? [])])
  return own
}
