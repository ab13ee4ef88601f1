import type { DomainRule } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import type { GuestCell } from './numa-element.ts'
import { distances, sibling } from './numa-element.ts'

const local = 10
const reason = defaultRule('cpu/numa-distances')

/** What is known of each cell's distances: given, given the other way, or to itself. */
function knownDistances(cells: readonly GuestCell[]): Map<number, number>[] {
  const rows = cells.map(({ distances: given }) => new Map(given?.sibling.map(({ id, value }) => [id, value])))
  for (const [from, { distances: given }] of cells.entries()) {
    for (const { id: to, value } of given?.sibling ?? []) if (!rows[to]?.has(from)) rows[to]?.set(from, value)
  }
  for (const [id, row] of rows.entries()) if (row.size > 0) row.set(id, local)
  return rows
}

export const fillDistances: DomainRule = {
  name: 'cpu/numa-distances',
  doc: 'A distance that is given one way holds the other way too; a cell is 10 from itself.',
  apply: (context) => {
    const cells = context.definition.cpu?.numa?.cell ?? []
    if (!cells.some(({ distances: given }) => given !== undefined)) return
    const rows = knownDistances(cells)
    for (const [index, cell] of cells.entries()) {
      const row = [...rows[index]!].sort(([a], [b]) => a - b)
      if (row.length === 0) continue
      if (cell.distances === undefined) context.set(cell, 'distances', distances.create({ sibling: [] }), reason)
      const list = cell.distances!.sibling
      const given = new Map(list.map((it) => [it.id, it]))
      const whole = row.map(([id, value]) => given.get(id) ?? context.made(sibling.create({ id, value }), reason))
      context.replace(list, whole)
    }
  },
}
