import dagre from '@dagrejs/dagre'
import { nodesOf, type Topology } from '../topology.ts'
import { type Box, boxOf } from './boxes.ts'

interface Point {
  readonly x: number
  readonly y: number
}

export interface Placed extends Box {
  /** The upper left corner. */
  readonly x: number
  readonly y: number
}

export interface Line {
  readonly kind: 'inside' | 'link'
  /** What a link says. */
  readonly what: string | undefined
  readonly points: readonly Point[]
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Placed[]
  readonly lines: readonly Line[]
}

const margin = 16

/** Places the nodes in columns from the guest at the left to what lies outside at the right (dagre's layers). */
export function layOut(topology: Topology): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 10, ranksep: 56, edgesep: 8, marginx: margin, marginy: margin })
  graph.setDefaultEdgeLabel(() => ({}))
  const boxes = [...nodesOf(topology)].map(boxOf)
  for (const { node, width, height } of boxes) graph.setNode(node.id, { width, height })
  const edges: { from: string; to: string; name: string; line: Omit<Line, 'points'> }[] = []
  for (const { node } of boxes) {
    for (const inner of node.inside) {
      edges.push({ from: node.id, to: inner.id, name: 'inside', line: { kind: 'inside', what: undefined } })
    }
    for (const { to, what } of node.links) edges.push({ from: node.id, to, name: what, line: { kind: 'link', what } })
  }
  for (const { from, to, name } of edges) graph.setEdge({ v: from, w: to, name }, { weight: name === 'inside' ? 3 : 1 })
  // The tree's own order crosses nothing; only what lies outside may.
  dagre.layout(graph, { disableOptimalOrderHeuristic: true })
  const { width = 0, height = 0 } = graph.graph()
  const placed = new Map(inColumns(boxes, (id) => graph.node(id) as Point).map((box) => [box.node.id, box]))
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    boxes: [...placed.values()],
    lines: edges.map(({ from, to, name, line }) => {
      const { points } = graph.edge({ v: from, w: to, name }) as { points: readonly Point[] }
      return {
        ...line,
        points: [
          right(placed.get(from)!),
          ...points.slice(1, -1).filter(between(placed, from, to)),
          left(placed.get(to)!),
        ],
      }
    }),
  }
}

/** The boxes of a column begin at one line. */
function inColumns(boxes: readonly Box[], center: (id: string) => Point): Placed[] {
  const widest = new Map<number, number>()
  for (const { node, width } of boxes) {
    const { x } = center(node.id)
    widest.set(x, Math.max(widest.get(x) ?? 0, width))
  }
  return boxes.map((box) => {
    const { x, y } = center(box.node.id)
    return { ...box, x: Math.round(x - widest.get(x)! / 2), y: Math.round(y - box.height / 2) }
  })
}

const right = ({ x, y, width, height }: Placed): Point => ({ x: x + width, y: y + height / 2 })
const left = ({ x, y, height }: Placed): Point => ({ x, y: y + height / 2 })

/** The bends that a line makes on its way past other columns; those at its ends would make it leave its box twice. */
function between(placed: ReadonlyMap<string, Placed>, from: string, to: string): (point: Point) => boolean {
  const start = right(placed.get(from)!).x
  const end = left(placed.get(to)!).x
  return ({ x }) => x > start + 60 && x < end - 60
}
