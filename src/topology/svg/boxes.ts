import type { Node } from '../topology.ts'

/** Sizes in pixels of the picture. Text is set in a monospaced face, so that its width is known without a screen. */
export const metrics = { column: 7.25, line: 17, padX: 12, padY: 8, most: 44 } as const

export interface Box {
  readonly node: Node
  /** Title first; each cut to `metrics.most` columns. */
  readonly rows: readonly string[]
  readonly width: number
  readonly height: number
}

/** How large a node is drawn, and what stands in it: the title, then its facts on one or two rows. */
export function boxOf(node: Node): Box {
  const head = node.seat === undefined ? node.title : `${node.seat} ${node.title}`
  const rows = [head, ...wrapped(node.facts)].map(cut)
  const columns = Math.max(...rows.map((row) => [...row].length))
  return {
    node,
    rows,
    width: Math.ceil(columns * metrics.column) + 2 * metrics.padX,
    height: rows.length * metrics.line + 2 * metrics.padY,
  }
}

function wrapped(facts: readonly string[]): string[] {
  const rows: string[] = []
  for (const fact of facts) {
    const last = rows.at(-1)
    const joined = last === undefined ? fact : `${last} · ${fact}`
    if (last !== undefined && joined.length <= 30) rows[rows.length - 1] = joined
    else rows.push(fact)
  }
  return rows
}

function cut(row: string): string {
  const points = [...row]
  return points.length > metrics.most ? `${points.slice(0, metrics.most - 1).join('')}…` : row
}
