import type { Child, ChoiceField, CompiledChild, ElementOptions } from './description.ts'
import { isPlain } from './plain.ts'
import { fieldWithAllKeys } from './same-keys.ts'
import { Tag } from './tag.ts'

/** Children are looked up by namespace and local name. */
export function childKey(uri: string, local: string): string {
  return uri === '' ? local : `${uri} ${local}`
}

function lookupKeys(field: CompiledChild['field'], name: string): readonly string[] {
  if (field.kind === 'child' || field.kind === 'many') {
    const namespace = field.element().options.namespace
    if (namespace) return [childKey(namespace.uri, name)]
  }
  return [name]
}

/** With the prefix of the namespace that is its element's. */
function printedName(field: CompiledChild['field'], name: string): string {
  const namespace = field.kind === 'child' || field.kind === 'many' ? field.element().options.namespace : undefined
  return prefixed(namespace, name)
}

export const prefixed = (namespace: ElementOptions['namespace'], name: string): string =>
  namespace === undefined ? name : `${namespace.prefix}:${name}`

export function compileChild(key: string, described: Exclude<Child, ChoiceField<unknown>>): CompiledChild {
  const field = fieldWithAllKeys(described)
  const name = field.name ?? key
  let tag: Tag | undefined
  return {
    key,
    name,
    field,
    keys: () => lookupKeys(field, name),
    isPlain: (field.kind === 'text' || field.kind === 'texts') && isPlain(field.scalar),
    tag: () => {
      tag ??= new Tag(printedName(field, name))
      return tag
    },
  }
}
