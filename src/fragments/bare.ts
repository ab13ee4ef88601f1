import { withContent, type XmlElement, type XmlNode } from '../xml/tree.ts'

/**
 * Children that say nothing without one attribute: libvirt takes the default as if they were absent.
 *
 * @param children the attribute that each of them needs, by the child's name
 */
export function withoutBare(children: { readonly [child: string]: string }): (node: XmlElement) => XmlElement {
  const isBare = (it: XmlNode) => {
    const needed = it.kind === 'element' ? children[it.local] : undefined
    if (it.kind !== 'element' || needed === undefined) return false
    return !it.attributes.some(({ name, value }) => name === needed && value !== '')
  }
  return (node) =>
    node.children.some(isBare) ? withContent(node, { children: node.children.filter((it) => !isBare(it)) }) : node
}
