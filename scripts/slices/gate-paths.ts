import type { Element, Shape } from '../../src/codec/description.ts'

/** Everything that an element, or one of its variants, has under a name. */
function* under(shape: Shape, name: string): Iterable<Element<object> | 'leaf'> {
  const isAttribute = name.startsWith('@')
  if (isAttribute) {
    for (const [key, field] of Object.entries(shape.attributes ?? {}))
      if (`@${field.name ?? key}` === name) yield 'leaf'
  }
  for (const [key, field] of Object.entries(shape.children ?? {})) {
    if (field.kind === 'choice') for (const variant of Object.values(field.variants)) yield* under(variant, name)
    else if (!isAttribute && (field.name ?? key) === name)
      yield field.kind === 'child' || field.kind === 'many' ? field.element() : 'leaf'
  }
}

/**
 * Whether the path of a gate names something of its element: `.`, or names of children with a slash between them, an
 * attribute with `@` last (`source/address/vf-token`, `driver/@io`).
 */
export function namesSomething(element: Element<object>, path: string): boolean {
  if (path === '.') return true
  const [first = '', ...rest] = path.split('/')
  for (const found of under(element.shape, first)) {
    if (rest.length === 0) return true
    if (found !== 'leaf' && namesSomething(found, rest.join('/'))) return true
  }
  return false
}

/** The gates of a slice whose path names nothing of its element. */
export function gateProblems(slice: string, element: Element<object>, kind: object): string[] {
  const gates: readonly { readonly path: string; readonly code: string }[] =
    'gates' in kind && Array.isArray(kind.gates) ? kind.gates : []
  return gates
    .filter(({ path }) => !namesSomething(element, path))
    .map(({ path, code }) => `${slice}: the gate ${code} is of ${path}, which is not there`)
}
