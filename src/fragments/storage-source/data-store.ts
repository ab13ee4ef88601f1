import type { Settling } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { required } from '../../codec/field.ts'
import { formats } from './format.ts'

export const storeFormat = element(
  'format',
  'How the data are stored: raw.',
  { attributes: { type: required(formats, { doc: 'raw is the only one.' }) } },
  { ignored: { children: ['metadata_cache'] } },
)

/** Only what the guest's drive itself holds may be missing at a start. */
export function settleDataStore({ fields }: Settling): void {
  const source = fields.source as { startupPolicy?: unknown } | undefined
  if (source !== undefined && 'startupPolicy' in source) source.startupPolicy = undefined
}
