import type { LineIndex } from '../diagnostic/position.ts'
import { type Group, type Node, nodesOf, type Topology } from './topology.ts'

/** The brackets that make the outline of a node. */
const outlines: { readonly [group in Group]: readonly [open: string, close: string] } = {
  guest: ['([', '])'],
  processor: ['[', ']'],
  memory: ['[', ']'],
  bus: ['[[', ']]'],
  device: ['[', ']'],
  image: ['[(', ')]'],
  network: ['((', '))'],
  host: ['{{', '}}'],
  token: ['>', ']'],
}

/** A Mermaid flowchart, as code forges show it in Markdown; the file's name makes each node a link to its line. */
export function printTopologyMermaid(topology: Topology, lines: LineIndex, file?: string): string {
  const nodes = [...nodesOf(topology)]
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]))
  const out = ['flowchart LR']
  for (const node of nodes) {
    const [open, close] = outlines[node.group]
    out.push(`  ${names.get(node.id)}${open}"${labelOf(node)}"${close}`)
  }
  for (const node of nodes) {
    const from = names.get(node.id)
    for (const inner of node.inside) out.push(`  ${from} --- ${names.get(inner.id)}`)
    for (const { to, what } of node.links) out.push(`  ${from} -. "${escaped(what)}" .-> ${names.get(to)}`)
  }
  for (const { id, place } of nodes) {
    if (file === undefined || place?.kind !== 'written') continue
    out.push(`  click ${names.get(id)} href "${escaped(encodeURI(file))}#L${lines.position(place.span.start).line}"`)
  }
  return `${out.join('\n')}\n`
}

function labelOf({ seat, title, facts }: Node): string {
  const head = seat === undefined ? title : `${seat} ${title}`
  return [head, ...facts].map(escaped).join('<br/>')
}

/** Mermaid's entity codes: a quote would end the label, and `#` begins a code. */
function escaped(text: string): string {
  return text.replace(/[#"<>&`\\\p{Cc}]/gu, (character) => `#${character.codePointAt(0)};`)
}
