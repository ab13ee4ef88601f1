import type { LineIndex } from '../diagnostic/position.ts'
import { type Node, nodesOf, type Topology } from './topology.ts'

export interface TextOptions {
  /** Columns; lines that are longer are cut. 80 where absent. */
  readonly width?: number
}

interface Row {
  readonly text: string
  readonly mark: string
}

/**
 * A tree that fits a terminal: what is inside what, with what it leads to below it (`→`). At the right the line of the
 * source, or `+` where nobody wrote it.
 */
export function printTopologyText(topology: Topology, lines: LineIndex, { width = 80 }: TextOptions = {}): string {
  const nodes = new Map([...nodesOf(topology)].map((node) => [node.id, node]))
  const rows: Row[] = []
  const told = new Set<string>()
  const outside = new Set(topology.outside.map(({ id }) => id))
  const mark = ({ place }: Node) => {
    if (place === undefined) return ''
    return place.kind === 'added' ? '+' : String(lines.position(place.span.start).line)
  }
  const walk = (node: Node, lead: string, below: string, verb: string): void => {
    rows.push({ text: lead + verb + labelOf(node), mark: mark(node) })
    // A link to another part of the guest only names it.
    if (told.has(node.id) || (verb !== '' && !outside.has(node.id))) return
    told.add(node.id)
    const leads = node.links.map(({ to, what }) => ({ node: nodes.get(to)!, verb: `→ ${what} ` }))
    const branches = [...leads, ...node.inside.map((inner) => ({ node: inner, verb: '' }))]
    branches.forEach((branch, index) => {
      const last = index === branches.length - 1
      walk(branch.node, `${below}${last ? '└─ ' : '├─ '}`, `${below}${last ? '   ' : '│  '}`, branch.verb)
    })
  }
  walk(topology.guest, '', '', '')
  const right = Math.max(...rows.map((row) => row.mark.length))
  return rows.map((row) => `${fitted(row, width, right)}\n`).join('')
}

function labelOf({ seat, title, facts }: Node): string {
  return [seat === undefined ? title : `${seat} ${title}`, ...facts].join(' · ')
}

function fitted({ text, mark }: Row, width: number, right: number): string {
  const room = width - right - 1
  const points = [...text]
  const shown = points.length > room ? `${points.slice(0, room - 1).join('')}…` : text
  if (mark === '') return shown
  return `${shown}${' '.repeat(room - Math.min(points.length, room))} ${mark.padStart(right)}`
}
