import type { DeviceOf, KindName } from '../context/context.ts'
import type { DeviceKind } from '../context/unit.ts'
import { controllerKind } from './controller/index.ts'
import { hostdevKind } from './hostdev/index.ts'
import { interfaceKind } from './interface/index.ts'
import { memballoonKind } from './memballoon/index.ts'

/** The behaviour of every device kind; a kind without one does not compile. */
export const kinds = {
  controller: controllerKind,
  hostdev: hostdevKind,
  interface: interfaceKind,
  memballoon: memballoonKind,
} satisfies { readonly [K in KindName]: DeviceKind<DeviceOf<K>> }
