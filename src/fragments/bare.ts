import { own } from '../own.ts'
import { withContent, type XmlElement, type XmlNode } from '../xml/tree.ts'

/**
 * Children that say nothing without one attribute: libvirt takes the default as if they were absent.
 *
 * @param children the attribute that each of them needs, by the child's name
 * @param wrongWhenEmpty those whose attribute cannot be read where it is empty, which is not the same as absent
 */
export function withoutBare(
  children: { readonly [child: string]: string },
  wrongWhenEmpty: readonly string[] = [],
): (node: XmlElement) => XmlElement {
  const isBare = (it: XmlNode) => {
    const needed = it.kind === 'element' ? own(children, it.local) : undefined
    if (it.kind !== 'element' || needed === undefined) return false
    const counts = (value: string) => value !== '' || wrongWhenEmpty.includes(it.local)
    return !it.attributes.some(({ name, value }) => name === needed && counts(value))
  }
  return (node) =>
    node.children.some(isBare) ? withContent(node, { children: node.children.filter((it) => !isBare(it)) }) : node
}
