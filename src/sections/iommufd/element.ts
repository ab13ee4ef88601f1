import { element } from '../../codec/element.ts'
import { optional, required } from '../../codec/field.ts'
import { nonEmpty, yesNo } from '../../codec/scalar.ts'

/** formatdomain, "Host Device IOMMUFD"; oracle: libvirt 12.8. */
export const iommufd = element(
  'iommufd',
  'Whether functions of the host are opened through an iommufd; `<driver iommufd>` of a device wins.',
  {
    attributes: {
      enabled: required(yesNo, { doc: 'Whether they are.' }),
      fdgroup: optional(nonEmpty, { doc: 'Group of descriptors in which /dev/iommu is handed over.' }),
    },
  },
  {
    settle: ({ fields, error }) => {
      if (fields.fdgroup === undefined || fields.enabled === true) return
      error({
        code: 'iommufd/fdgroup-of-none',
        message: 'A descriptor of /dev/iommu is named, and no iommufd is used.',
        hint: "Write enabled='yes', or remove fdgroup.",
        attribute: 'fdgroup',
      })
    },
  },
)
