import type { Context, KindName } from '../context/context.ts'
import type { DeviceKind } from '../context/unit.ts'
import type { Addressable } from '../fragments/device-info.ts'
import { iterateOrder } from './order.ts'
import { visit } from './units.ts'

/** A device and the kind whose facts hold for it. */
export interface Turn {
  readonly kind: DeviceKind<Addressable>
  readonly device: Addressable
}

/**
 * The devices of each kind in the order they take their turn: first those of other kinds that go along with it
 * (interfaces that are host devices), then its own.
 */
export function turnsOf(context: Context): ReadonlyMap<KindName, readonly Turn[]> {
  const guests = new Map<KindName, Turn[]>()
  const own = new Map<KindName, Turn[]>()
  for (const name of iterateOrder) {
    const mine: Turn[] = []
    visit(name, context, (kind, devices) => {
      for (const device of devices) {
        const turn = { kind: kind as unknown as DeviceKind<Addressable>, device }
        const host = kind.turn?.(device, context)
        if (host === undefined) mine.push(turn)
        else guests.set(host, [...(guests.get(host) ?? []), turn])
      }
    })
    own.set(name, mine)
  }
  return new Map(iterateOrder.map((name) => [name, [...(guests.get(name) ?? []), ...(own.get(name) ?? [])]]))
}
