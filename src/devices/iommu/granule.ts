import { element, type Infer } from '../../codec/element.ts'
import { optional } from '../../codec/field.ts'
import { big } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'
import { settleKiBOf, unit } from '../../fragments/size.ts'

/** Sizes that QEMU can, in KiB. */
export const granules: readonly bigint[] = [4n, 8n, 16n, 64n]

const settleSize = settleKiBOf('size')

/** Kept in KiB. Raises `iommu/granule`. */
export const granule = element(
  'granule',
  'The least that is mapped at once (virtio).',
  {
    attributes: {
      size: optional(big(), { doc: 'Its size: 4, 8, 16 or 64 KiB.' }),
      unit: optional(unit, { doc: 'Unit of the size; KiB where absent.' }),
      mode: optional(oneOf('host'), { doc: 'host: a page of the host.' }),
    },
  },
  {
    omitEmpty: true,
    settle: (settling) => {
      const { fields, error } = settling
      settleSize(settling)
      if (fields.size === undefined) fields.unit = undefined
      if (fields.size === undefined || fields.mode === undefined) return
      error({
        code: 'iommu/granule',
        message: 'A granule has a size, or is a page of the host.',
        hint: 'Remove size or mode.',
      })
    },
  },
)

export type Granule = Infer<typeof granule>
