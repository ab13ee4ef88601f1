import { oneOf } from '../codec/scalar.ts'

/** virtio as the machine has it; or as a PCI device of the old and the new kind, or of the new kind alone. */
export const virtioModel = oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')

export type VirtioModel = 'virtio' | 'virtio-transitional' | 'virtio-non-transitional'

const models: ReadonlySet<string | undefined> = new Set(['virtio', 'virtio-transitional', 'virtio-non-transitional'])

/** Whether a device that has other models too is a virtio device. */
export function isVirtioModel(model: string | undefined): model is VirtioModel {
  return models.has(model)
}
