import type { Element } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { child, lazy, optional } from '../../codec/field.ts'
import { type SourceByType, sourceByType, sourceTypes } from './element.ts'
import { type Format, format } from './format.ts'

/** One image below another. Without a type it says that the chain ends here. */
export type BackingStore = (SourceByType | { readonly type: undefined; readonly source?: undefined }) & {
  readonly format: Format | undefined
  readonly backingStore: BackingStore | undefined
}

export const backingStore: Element<BackingStore> = element(
  'backingStore',
  'The image that holds what the one above it lacks; empty: there is none.',
  {
    attributes: { type: optional(sourceTypes, { doc: 'Kind of source; absent: the chain ends.' }) },
    children: { format: child(format), by: sourceByType, backingStore: lazy(() => backingStore) },
  },
  {
    ignored: { attributes: ['index'] },
    settle: ({ fields, error }) => {
      if (fields.type === undefined) {
        // Nothing is below; what is said of it besides does not count (oracle: 11.3, 12.8).
        fields.format = undefined
        fields.backingStore = undefined
        return
      }
      const source = fields.source as { startupPolicy?: unknown } | undefined
      // Only what the guest's drive itself holds may be missing at a start.
      if (source !== undefined && 'startupPolicy' in source) source.startupPolicy = undefined
      for (const part of ['format', 'source'] as const) {
        if (fields[part] !== undefined) continue
        error({
          code: `source/backing-without-${part}`,
          message: `The image below has no <${part}>.`,
          hint: `Add <${part} …/>, or write <backingStore/> where the chain ends.`,
        })
      }
    },
  },
)
