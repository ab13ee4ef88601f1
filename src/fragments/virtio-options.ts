import type { InferShape } from '../codec/element.ts'
import { optional } from '../codec/field.ts'
import { onOff } from '../codec/scalar.ts'

/** What `<driver>` of every virtio device may carry (libvirt: formatdomain, "Virtio-related options"). */
export const virtioOptions = {
  iommu: optional(onOff, { doc: 'Whether the device goes through the emulated IOMMU.' }),
  ats: optional(onOff, { doc: 'Address translation service, for PCIe devices behind an IOMMU.' }),
  packed: optional(onOff, { doc: 'Packed virtqueues.' }),
  page_per_vq: optional(onOff, { doc: 'Each virtqueue gets a notification page of its own.' }),
} as const

/** Their names: of a device that is no virtio one, `<driver>` has none of them. */
export const virtioOptionNames = Object.keys(virtioOptions) as (keyof typeof virtioOptions)[]

export type VirtioOptions = InferShape<{ attributes: typeof virtioOptions }>
