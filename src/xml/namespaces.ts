const ALWAYS: readonly (readonly [prefix: string, uri: string])[] = [
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
  ['xmlns', 'http://www.w3.org/2000/xmlns/'],
]

/** What to put back when an element ends. */
export type Undo = readonly (readonly [prefix: string, uri: string | undefined])[]

/** The namespace prefixes in force while a tree is walked. The default namespace has the prefix ''. */
export class Namespaces {
  private readonly bound = new Map<string, string>(ALWAYS)

  /** Enters an element: binds what its attributes declare. Undefined where they declare nothing. */
  enter(attributes: readonly { readonly name: string; readonly value: string }[]): Undo | undefined {
    let undo: [string, string | undefined][] | undefined
    for (const { name, value } of attributes) {
      const prefix = declaredPrefix(name)
      if (prefix === undefined) continue
      undo ??= []
      undo.push([prefix, this.bound.get(prefix)])
      this.bound.set(prefix, value)
    }
    return undo
  }

  /** Leaves an element. Its attributes differ, so no prefix is put back twice. */
  leave(undo: Undo | undefined): void {
    if (undo === undefined) return
    for (const [prefix, uri] of undo) {
      if (uri === undefined) this.bound.delete(prefix)
      else this.bound.set(prefix, uri)
    }
  }

  /** True where a declaration of the prefix is in force, even an empty one. */
  declares(prefix: string): boolean {
    return this.bound.has(prefix)
  }

  /** The URI of a prefix; undefined where none is declared (an empty one declares nothing). */
  resolve(prefix: string): string | undefined {
    return this.bound.get(prefix) || undefined
  }
}

/** The prefix that an attribute of this name declares: '' for `xmlns`, undefined for any other attribute. */
export function declaredPrefix(name: string): string | undefined {
  if (name.charCodeAt(0) !== 120 || !name.startsWith('xmlns')) return undefined
  if (name.length === 5) return ''
  return name.charCodeAt(5) === 58 && name.length > 6 ? name.slice(6) : undefined
}

/** The prefix of a qualified name, '' where it has none. A colon at either end belongs to the name. */
export function prefixOf(name: string): string {
  const colon = name.indexOf(':')
  return colon > 0 && colon < name.length - 1 ? name.slice(0, colon) : ''
}
