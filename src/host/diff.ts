import { own } from '../own.ts'
import { holdsSecret, withoutSecrets } from './secret-keys.ts'

/** A value of a host file as JSON. */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const absent = Symbol('absent')
type Side = Json | typeof absent

/** What names an item of a list, so that lists are compared by what they hold, not by position. */
const names = ['address', 'path', 'name', 'uuid', 'id', 'mount', 'sizeKiB', 'xml'] as const

/**
 * What differs between two host files, one line each: `/cpu/model: "EPYC" → "EPYC-Rome"`; what one of them lacks is `(none)`. Values of
 * secrets are never shown.
 */
export function diffHosts(before: string, after: string): string[] {
  return differences('', JSON.parse(before) as Json, JSON.parse(after) as Json)
}

function differences(pointer: string, before: Side, after: Side): string[] {
  if (isList(before) && isList(after) && isNamed([...before, ...after])) {
    return differences(pointer, byName(before), byName(after))
  }
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) =>
      differences(`${pointer}/${key}`, own(before, key) ?? absent, own(after, key) ?? absent),
    )
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const place = pointer.slice(1)
  if (holdsSecret(place)) return [`${pointer}: differs (not shown)`]
  return [`${pointer}: ${shown(before, place)} → ${shown(after, place)}`]
}

function shown(value: Side, pointer: string): string {
  return value === absent ? '(none)' : JSON.stringify(withoutSecrets(value, pointer))
}

const isList = (value: Side): value is readonly Json[] => Array.isArray(value)
const isObject = (value: Side): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNamed = (items: readonly Json[]) => items.every((item) => isObject(item) && nameOf(item) !== undefined)

function nameOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined
  const inner = item.network ?? item.pool
  if (inner !== undefined && isObject(inner)) return nameOf(inner)
  const given = names.flatMap((name) => (item[name] === undefined ? [] : [String(item[name])]))
  if (given[0] === undefined) return undefined
  const named = /<name>(.*?)<\/name>/.exec(given[0])?.[1]
  return named ?? (item.node === undefined ? given[0] : `${given[0]}@${item.node}`)
}

function byName(items: readonly Json[]): { readonly [key: string]: Json } {
  return Object.fromEntries(items.map((item) => [nameOf(item) ?? '', item]))
}
