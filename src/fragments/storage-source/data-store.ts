import type { Settling } from '../../codec/description.ts'
import { element } from '../../codec/element.ts'
import { required } from '../../codec/field.ts'
import { namedFormats } from './format.ts'

export const storeFormat = element(
  'format',
  'How the data are stored: raw.',
  { attributes: { type: required(namedFormats, { doc: 'raw is the only one.' }) } },
  { ignored: { children: ['metadata_cache'] } },
)

const mustHave = {
  format: { code: 'source/data-store-without-format', hint: "Add <format type='raw'/>." },
  source: { code: 'source/data-store-without-source', hint: 'Add <source …/>.' },
} as const

/** It says all of itself; only what the guest's drive itself holds may be missing at a start. */
export function settleDataStore({ fields, error }: Settling): void {
  for (const part of ['format', 'source'] as const) {
    if (fields[part] !== undefined) continue
    error({ message: `The store of the data has no <${part}>.`, ...mustHave[part] })
  }
  const source = fields.source as { startupPolicy?: unknown } | undefined
  if (source !== undefined && 'startupPolicy' in source) source.startupPolicy = undefined
}
