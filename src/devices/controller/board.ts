import type { Context } from '../../context/context.ts'
import type { Controller } from './element.ts'

/** Where the board itself holds the first controller of a type (PIIX3 IDE at 1.1, ICH9 SATA at 1f.2). */
export function boardPlace(device: Controller, context: Context) {
  if (device.index !== 0) return undefined
  const model = 'model' in device ? device.model : undefined
  return context.machine.builtInControllers.find(
    (it) => it.type === device.type && (it.model === undefined || model === undefined || it.model === model),
  )?.address
}
