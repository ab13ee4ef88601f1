import type { SyntaxNode } from '@lezer/common'
import { parser } from '@lezer/xml'

/**
 * The same document, indented by two spaces a level: only white space between tags changes, so that comments, unknown
 * elements and the order stay. A text with anything beside elements in it is left as it stands. undefined where a tag is broken.
 */
export function layOutXml(text: string): string | undefined {
  const tree = parser.parse(text)
  const cursor = tree.cursor()
  do if (cursor.type.isError || /^(Missing|Mismatched|Incomplete)/.test(cursor.name)) return undefined
  while (cursor.next())
  const parts = partsOf(tree.topNode)
  const outside = parts.filter(({ name }) => name === 'Text').map(({ from, to }) => text.slice(from, to))
  if (tree.topNode.getChild('Element') === null || outside.some((it) => it.trim() !== '')) return undefined
  let out = ''
  for (const node of parts) {
    if (node.name === 'Text') continue
    out += `${blankLines(text, node)}${print(text, node, 0)}\n`
  }
  return out
}

function print(text: string, node: SyntaxNode, depth: number): string {
  const raw = text.slice(node.from, node.to)
  if (node.name !== 'Element') return raw
  const parts = partsOf(node)
  const inside = parts.slice(1, -1)
  const isProse = inside.some(
    ({ name, from, to }) =>
      /^(Cdata|EntityReference|CharacterReference)$/.test(name) ||
      (name === 'Text' && text.slice(from, to).trim() !== ''),
  )
  const children = inside.filter(({ name }) => name !== 'Text')
  if (isProse || children.length === 0) return raw
  const indent = '  '.repeat(depth + 1)
  let out = text.slice(parts[0]!.from, parts[0]!.to)
  for (const child of children) out += `\n${blankLines(text, child)}${indent}${print(text, child, depth + 1)}`
  const close = parts.at(-1)!
  return `${out}\n${'  '.repeat(depth)}${text.slice(close.from, close.to)}`
}

/** One blank line before a part stays, more become one; none after a start tag. */
function blankLines(text: string, { from }: SyntaxNode): string {
  const space = /(\S?)\s*$/.exec(text.slice(Math.max(0, from - 400), from))!
  const lines = space[0].split('\n').length - 1
  return lines > 1 && space[1] !== '' ? '\n' : ''
}

function partsOf(node: SyntaxNode): SyntaxNode[] {
  const parts: SyntaxNode[] = []
  for (let part = node.firstChild; part !== null; part = part.nextSibling) parts.push(part)
  return parts
}
