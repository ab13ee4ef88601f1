import { element, type Settling } from '../../codec/element.ts'
import { required } from '../../codec/field.ts'
import { formats } from './format.ts'

export const storeFormat = element(
  'format',
  'How the data are stored: raw.',
  { attributes: { type: required(formats, { doc: 'raw is the only one.' }) } },
  { ignored: { children: ['metadata_cache'] } },
)

type Parts = { startupPolicy?: unknown; dataStore?: unknown; slices?: unknown }

/** A store of data is storage as it is. */
export function settleDataStore({ fields, error }: Settling): void {
  const source = fields.source as Parts | undefined
  for (const part of ['format', 'source'] as const) {
    if (fields[part] !== undefined) continue
    error({
      code: part === 'format' ? 'source/data-store-without-format' : 'source/data-store-without-source',
      message: `The store of the data has no <${part}>.`,
      hint: part === 'format' ? "Add <format type='raw'/>." : 'Add <source …/>.',
    })
  }
  if (source === undefined) return
  // Only what the guest's drive itself holds may be missing at a start.
  if ('startupPolicy' in source) source.startupPolicy = undefined
  for (const part of ['dataStore', 'slices'] as const) {
    if (source[part] === undefined) continue
    error({
      code: 'source/data-store-nested',
      message: `The store of an image's data is storage as it is: it has no <${part}> of its own.`,
      hint: 'Remove it.',
    })
  }
}
