import { redactedProse } from '../diagnostic/mask.ts'
import { tells } from '../diagnostic/telling-names.ts'

const places = /^(?:masterKey|secrets\/[^/]+\/(?:value|base64))(?:\/|$)/

/** True for a JSON pointer into a host file, without its first slash, under which a secret stands: also a password or a token in the environment. */
export function holdsSecret(pointer: string): boolean {
  return places.test(pointer) || tells(pointer.slice(pointer.lastIndexOf('/') + 1))
}

/** A part of a host file with `***` for its secrets, those in URLs as well. @param pointer where it stands */
export function withoutSecrets(value: unknown, pointer: string): unknown {
  if (typeof value === 'string') return value !== '' && holdsSecret(pointer) ? '***' : redactedProse(value)
  if (typeof value !== 'object' || value === null) return value
  const below = (key: string | number) => (pointer === '' ? String(key) : `${pointer}/${key}`)
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(item, below(index)))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, below(key))]))
}
