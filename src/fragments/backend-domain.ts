import { element } from '../codec/element.ts'
import { optional } from '../codec/field.ts'
import { nonEmpty } from '../codec/scalar.ts'

/** Kept, and without effect in QEMU's guests (oracle: 11.3, 12.8). */
export const backendDomain = element(
  'backenddomain',
  'The domain that drives the host side (Xen).',
  { attributes: { name: optional(nonEmpty, { doc: 'Name of the domain.' }) } },
  { omitEmpty: true },
)
