import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { virtioOptionNames } from '../../fragments/virtio-options.ts'
import type { Interface } from './element.ts'

/** Looked at before the options of a card that is no virtio one are forgotten. */
export function checkVirtioOnly(device: Interface, context: Context): void {
  if (device.type === 'hostdev' || device.driver === undefined || isVirtioModel(device.model?.type)) return
  for (const field of virtioOptionNames) {
    if (device.driver[field] === undefined) continue
    context.error({
      code: 'interface/virtio-only',
      message: `${field} is an option of virtio cards, not of ${device.model?.type ?? 'a card without a model'}.`,
      hint: "Add <model type='virtio'/>, or remove it.",
      at: device.driver,
      field,
    })
  }
}
