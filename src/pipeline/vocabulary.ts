import type { CompiledShape, Element } from '../codec/description.ts'
import { domain } from '../definition.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { XmlElement } from '../xml/tree.ts'

/** What the description of a domain says of names, for hints; collected when somebody first errs. */
interface Names {
  /** The parents of an element in no namespace, by its name. */
  readonly parents: ReadonlyMap<string, ReadonlySet<string>>
  /** Namespace URIs by their usual prefix. */
  readonly namespaces: ReadonlyMap<string, string>
}

let names: Names | undefined

/** The names of the elements in which one of this name may stand. */
export function parentsOf(local: string): readonly string[] {
  names ??= collect()
  return [...(names.parents.get(local) ?? [])]
}

/**
 * `xml/undeclared-prefix` with what to declare, where libvirt has a namespace that is usually written with the prefix; any
 * other finding as it is.
 * @param text what `root` was read from
 */
export function withDeclaration(found: Diagnostic, text: string, root: XmlElement): Diagnostic {
  if (found.code !== 'xml/undeclared-prefix' || found.span === undefined) return found
  const prefix = text.slice(found.span.start, found.span.end)
  names ??= collect()
  const uri = names.namespaces.get(prefix)
  if (uri === undefined) return found
  const declaration = `xmlns:${prefix}='${uri}'`
  const { end } = root.nameSpan
  const edits = [{ span: { start: end, end }, text: ` ${declaration}` }]
  const hint = `Write ${declaration} in <${root.name}>; without it libvirt ignores the element.`
  return { ...found, hint, fix: { title: `Declare ${declaration}.`, edits, safe: true } }
}

function collect(): Names {
  const parents = new Map<string, Set<string>>()
  const namespaces = new Map<string, string>()
  const seen = new Set<Element<object>>()
  const visitShape = (parent: string, shape: CompiledShape) => {
    for (const { name, field } of shape.children().values()) {
      const described = field.kind === 'child' || field.kind === 'many' ? field.element() : undefined
      if (described) visit(described)
      if (described?.options.namespace) continue
      const known = parents.get(name)
      if (known) known.add(parent)
      else parents.set(name, new Set([parent]))
    }
    for (const variant of shape.choice?.variants.values() ?? []) visitShape(parent, variant)
  }
  const visit = (element: Element<object>) => {
    if (seen.has(element)) return
    seen.add(element)
    const { namespace } = element.options
    if (namespace) namespaces.set(namespace.prefix, namespace.uri)
    visitShape(namespace ? `${namespace.prefix}:${element.name}` : element.name, element.compiled().shape)
  }
  visit(domain)
  return { parents, namespaces }
}
