import type { Element } from '../../../codec/description.ts'
import { element, type Infer } from '../../../codec/element.ts'
import { many, optional, required } from '../../../codec/field.ts'
import { nonEmpty, oneOf, type Scalar, yesNo } from '../../../codec/scalar.ts'
import { type SourceByType, sourceByType, sourceTypes } from '../../../fragments/storage-source/element.ts'

const format = optional(oneOf('raw', 'qcow2'), {
  doc: 'Format of the file; raw where absent.',
  invalid: 'firmware/format',
})

const feature = element('feature', 'A feature that the firmware shall have, or shall not.', {
  attributes: {
    enabled: required(yesNo, { doc: 'Whether it shall.' }),
    name: required(oneOf('enrolled-keys', 'secure-boot'), {
      doc: "enrolled-keys: the variables hold the vendors' keys; secure-boot: only signed programs run.",
      invalid: 'firmware/feature',
    }),
  },
})

/** The features print in this order. */
export const featureNames = ['enrolled-keys', 'secure-boot'] as const

export const firmwareFeatures = element(
  'firmware',
  'Features that the firmware is chosen by.',
  { children: { feature: many(feature) } },
  {
    omitEmpty: true,
    settle: ({ fields }) => {
      const given = fields.feature as readonly { readonly name: string }[]
      fields.feature = featureNames.flatMap((name) => given.filter((it) => it.name === name).slice(-1))
    },
  },
)

export const loader = element(
  'loader',
  'The file with the firmware.',
  {
    attributes: {
      readonly: optional(yesNo, { doc: 'Whether the guest may not write to it.' }),
      secure: optional(yesNo, { doc: 'Whether it runs in system management mode, as Secure Boot needs.' }),
      type: optional(oneOf('rom', 'pflash'), {
        doc: 'rom: a BIOS; pflash: a flash device, for UEFI.',
        invalid: 'firmware/loader-type',
      }),
      stateless: optional(yesNo, { doc: 'yes: there are no variables.' }),
      format,
    },
    value: nonEmpty,
  },
  { omitEmpty: true },
)

/** A path; white space alone is none. */
const path: Scalar<string | undefined> = {
  ...nonEmpty,
  parse: (raw) => (raw.trim() === '' ? undefined : raw),
  format: (value) => value ?? '',
}

export type Loader = Infer<typeof loader>

/** A file by its path, or any source of a disk where a type is said. */
export type Nvram = (SourceByType | { readonly type: undefined; readonly source?: undefined }) & {
  readonly template: string | undefined
  readonly templateFormat: 'raw' | 'qcow2' | undefined
  readonly format: 'raw' | 'qcow2' | undefined
  readonly value: string | undefined
}

export const nvram: Element<Nvram> = element(
  'nvram',
  'Where the firmware keeps its variables.',
  {
    attributes: {
      template: optional(nonEmpty, { doc: 'The file that it is made from at the first start.' }),
      templateFormat: optional(oneOf('raw', 'qcow2'), {
        doc: 'Format of the template; that of the firmware descriptor where absent.',
        invalid: 'firmware/format',
        since: '10.10',
      }),
      type: optional(sourceTypes, { doc: 'Kind of source; absent: the text is a path.' }),
      format,
    },
    children: { by: sourceByType },
    value: path,
  },
  {
    omitEmpty: true,
    settle: ({ fields, error }) => {
      // Variables are there or made: what to do without them is no question.
      const source = fields.source as { startupPolicy?: unknown; dataStore?: { format?: { type: string } } } | undefined
      if (source !== undefined) source.startupPolicy = undefined
      if (source?.dataStore?.format) source.dataStore.format.type = 'raw'
      if (fields.type === undefined || source !== undefined) return
      error({
        code: 'firmware/variables-without-source',
        message: `The variables are to lie in a source of the type ${fields.type}, and none is named.`,
        hint: 'Add <source …/>, or write the path as text without type.',
        attribute: 'type',
      })
    },
  },
)

/** A flash that the guest may write keeps its variables itself: of others, nothing is filled in (oracle: 11.3, 12.8). */
export const keepsItself = ({ loader: it }: { readonly loader: Loader | undefined }): boolean =>
  it?.type === 'pflash' && it.readonly !== true

/** True where it is a file whose path is not said. */
export function isUnplaced(it: Nvram): boolean {
  if (it.type === undefined) return it.value === undefined
  return it.type === 'file' && it.source?.file === undefined
}

/** True where libvirt can make it from a template: it is on this host. */
export function isLocal(it: Nvram | undefined): boolean {
  return it?.type !== 'network'
}
