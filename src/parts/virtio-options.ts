import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { VirtioOptions } from '../fragments/virtio-options.ts'

/** The options as properties of a virtio device, in libvirt's order; they stand right after `driver` (and what a kind puts before). */
export function virtioProperties(options: VirtioOptions | undefined): Properties {
  if (options === undefined) return new Properties()
  return new Properties()
    .put('iommu_platform', options.iommu, of(options, 'iommu'))
    .put('ats', options.ats, of(options, 'ats'))
    .put('packed', options.packed, of(options, 'packed'))
    .put('page-per-vq', options.page_per_vq, of(options, 'page_per_vq'))
}
