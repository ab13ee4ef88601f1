import type { Controller } from '../definition.ts'
import type { Context } from './context.ts'

/** Where a controller is added: before the first of its type with a higher index, after the last of its type, else at the end. */
export function placeForController(made: Controller, context: Context): number {
  const list = context.devices.controller
  const higher = list.findIndex((it) => it.type === made.type && (it.index ?? 0) > (made.index ?? 0))
  if (higher >= 0) return higher
  const last = list.findLastIndex((it) => it.type === made.type)
  return last >= 0 ? last + 1 : list.length
}
