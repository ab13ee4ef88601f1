import type { Context } from '../../context/context.ts'
import { isVirtioModel } from '../../fragments/virtio-model.ts'
import { virtioOptionNames } from '../../fragments/virtio-options.ts'
import type { Origin } from '../../origin/origin.ts'
import type { Interface } from './element.ts'

type CardDriver = NonNullable<Exclude<Interface, { type: 'hostdev' }>['driver']>

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

/**
 * Forgets a card's own options. Source: libvirt 11.3 and 12.8, asked on machines whose card is virtio by itself.
 * @returns whether any option is left
 */
export function keepVirtioOptions(driver: CardDriver, reason: Origin, context: Context): boolean {
  const kept = new Set<string>(virtioOptionNames)
  for (const field of Object.keys(driver) as (keyof CardDriver)[]) {
    if (!kept.has(field) && driver[field] !== undefined) context.set(driver, field, undefined, reason)
  }
  return virtioOptionNames.some((field) => driver[field] !== undefined)
}
