import type { Context, DeviceOf, KindName } from '../context/context.ts'
import type { DeviceKind, Section } from '../context/unit.ts'
import { kinds } from '../devices/registry.ts'
import { sections } from '../sections/registry.ts'
import { iterateOrder, sectionOrder } from './order.ts'

/** Sections, then device kinds, in iteration order. */
export const units: readonly Section[] = [
  ...sectionOrder.map((name): Section => sections[name]),
  ...iterateOrder.map((name): Section => kinds[name]),
]

/** A kind's behaviour beside its devices: the one place where the two are known to belong together. */
export function visit<K extends KindName>(
  name: K,
  context: Context,
  visitor: (kind: DeviceKind<DeviceOf<K>>, devices: readonly DeviceOf<K>[]) => void,
): void {
  visitor(kinds[name] as unknown as DeviceKind<DeviceOf<K>>, context.devices[name] as readonly DeviceOf<K>[])
}
