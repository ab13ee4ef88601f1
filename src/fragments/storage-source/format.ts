import { element, type Infer } from '../../codec/element.ts'
import { child, optional, required } from '../../codec/field.ts'
import { big, unsetAtZero } from '../../codec/number.ts'
import { oneOf } from '../../codec/scalar.ts'
import { settleBytes, unit } from '../size.ts'

/** Formats that libvirt knows by name (formatdomain, `<driver type>`); which of them QEMU opens is another matter. */
const names = [
  'raw',
  'dir',
  'bochs',
  'cloop',
  'dmg',
  'iso',
  'vpc',
  'vdi',
  'fat',
  'vhd',
  'ploop',
  'luks',
  'cow',
  'qcow',
  'qcow2',
  'qed',
  'vmdk',
] as const

export const formats = oneOf('none', ...names)

/** The same, where one must be said; LUKS is one of images alone (oracle: 11.3). */
export const namedFormats = oneOf(...names.filter((name) => name !== 'luks'))

const maxSize = element(
  'max_size',
  'The most memory that the cache of metadata takes.',
  {
    attributes: { unit: optional(unit, { doc: 'Unit of the number; bytes where absent.' }) },
    value: unsetAtZero(big()),
  },
  { settle: settleBytes },
)

export const metadataCache = element(
  'metadata_cache',
  'The cache of qcow2 metadata.',
  {
    children: { max_size: child(maxSize) },
  },
  { omitWhere: ({ max_size }) => (max_size as Infer<typeof maxSize> | undefined)?.value === undefined },
)

export const format = element('format', 'Format of an image.', {
  attributes: {
    type: required(formats, { missing: 'disk/missing-format', doc: 'Its name, as in the driver of a disk.' }),
  },
  children: { metadata_cache: child(metadataCache) },
})

export type Format = Infer<typeof format>
export type MetadataCache = Infer<typeof metadataCache>
