import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
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

export type VirtioOptions = InferShape<{ attributes: typeof virtioOptions }>

/** The options as properties of a virtio device, in libvirt's order; they stand right after `driver` (and what a kind puts before). */
export function virtioProperties(options: VirtioOptions | undefined): Properties {
  if (options === undefined) return new Properties()
  return new Properties()
    .put('iommu_platform', options.iommu, of(options, 'iommu'))
    .put('ats', options.ats, of(options, 'ats'))
    .put('packed', options.packed, of(options, 'packed'))
    .put('page-per-vq', options.page_per_vq, of(options, 'page_per_vq'))
}
