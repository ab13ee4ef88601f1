import type { Context } from '../context/context.ts'
import { eachDevice } from './each-device.ts'

/** What only the host knows and aliases depend on (a network that hands out host functions), into `context.start`. */
export function resolve(context: Context): void {
  eachDevice(context, 'resolve', (device, kind) => kind.resolveDevice?.(device, context))
}
