import { devices } from '../definition.ts'
import { didYouMean } from '../diagnostic/suggest.ts'
import { own } from '../own.ts'
import { attributeOf, elementsOf, type XmlElement } from '../xml/tree.ts'

/**
 * What a well-formed document is to the linter:
 * - `domain`: one or more domains, the root itself or somewhere in a wrapper (`<domains>`, `<domainsnapshot>`, `<domstatus>`,
 *   a migration cookie, or whatever a tool puts around);
 * - `fragment`: a device alone, as `virsh attach-device` takes it;
 * - `foreign`: other XML (networks, pools, capabilities), nothing to check.
 */
export type LintDocument =
  | { readonly kind: 'domain'; readonly roots: readonly XmlElement[] }
  | { readonly kind: 'fragment'; readonly root: XmlElement }
  | { readonly kind: 'foreign'; readonly root: XmlElement }

export function classify(root: XmlElement): LintDocument {
  if (root.local === 'domain') return { kind: 'domain', roots: [root] }
  if (isDevice(root)) return { kind: 'fragment', root }
  const roots = domainsIn(root)
  if (roots.length > 0) return { kind: 'domain', roots }
  // A misspelt root must not pass as somebody else's document.
  if (root.uri === '' && didYouMean(root.local, ['domain']) !== undefined) return { kind: 'domain', roots: [root] }
  return { kind: 'foreign', root }
}

function isDevice(root: XmlElement): boolean {
  if (root.uri !== '' || own(devices.shape.children ?? {}, root.local)?.kind !== 'many') return false
  // A host's interface (`virsh iface-define`) has a name, a guest's has none.
  return root.local !== 'interface' || attributeOf(root, 'name') === undefined
}

/** The outermost elements that hold a definition. A capabilities document has `<domain type>`, but defines nothing in it. */
function domainsIn(root: XmlElement): XmlElement[] {
  return elementsOf(root).flatMap((element) => (isDefinition(element) ? [element] : domainsIn(element)))
}

const parts = new Set(['name', 'memory', 'os', 'devices'])

function isDefinition(element: XmlElement): boolean {
  const named = element.uri === '' && (element.local === 'domain' || element.local === 'inactiveDomain')
  return named && elementsOf(element).some(({ local, uri }) => uri === '' && parts.has(local))
}
