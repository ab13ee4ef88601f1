import { escapeXml } from '../../src/xml/escape.ts'

/** An element to print: attributes, and either elements or a text. */
export interface Written {
  readonly name: string
  readonly attributes: Iterable<readonly [name: string, value: string]>
  readonly children: readonly Written[]
  readonly text: string | undefined
}

/** An element as a document, laid out as libvirt does it, by other means than the codec's. */
export function writeXml({ name, attributes, children, text }: Written, indent = ''): string {
  const all = Array.from(attributes, ([attribute, value]) => ` ${attribute}='${escapeXml(value)}'`)
  const start = `${indent}<${name}${all.join('')}`
  const inside = children.map((child) => writeXml(child, `${indent}  `)).join('')
  if (inside !== '') return `${start}>\n${inside}${indent}</${name}>\n`
  return text === undefined ? `${start}/>\n` : `${start}>${escapeXml(text)}</${name}>\n`
}
