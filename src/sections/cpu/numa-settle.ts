import type { Settling } from '../../codec/description.ts'
import { checkCaches, checkRoutes, type Routes } from './numa-routes.ts'

interface Cell {
  id?: number
  cpus?: readonly number[]
  distances?: { sibling: Sibling[] }
  cache: readonly { readonly level: number }[]
}

interface Sibling {
  id: number
  value: number
}

type Report = Settling['error']

const local = 10

/** What the parser makes of the cells: numbers without gaps, in order. */
export function settleNuma({ fields, error }: Settling): void {
  const cells = fields.cell as Cell[]
  if (cells.length === 0) {
    error({
      code: 'numa/no-cells',
      message: 'A NUMA topology without cells is none.',
      hint: "Add a <cell cpus='…' memory='…'/>, or remove <numa>.",
    })
  }
  cells.forEach((cell, index) => {
    cell.id ??= index
  })
  const sorted = [...cells].sort((a, b) => a.id! - b.id!)
  cells.splice(0, cells.length, ...sorted)
  if (cells.some((cell, index) => cell.id !== index)) {
    error({
      code: 'numa/cell-ids',
      message: 'The ids of the NUMA cells must be 0, 1, 2 and so on, each once.',
      hint: 'Number the cells anew from 0, without gaps.',
    })
    return
  }
  refuseSharedCpus(cells, error)
  checkDistances(cells, error)
  checkCaches(cells, error)
  const routes = fields.interconnects as Routes | undefined
  if (routes !== undefined) checkRoutes(cells, routes, error)
}

function refuseSharedCpus(cells: readonly Cell[], error: Report): void {
  const owner = new Map<number, number>()
  for (const { id, cpus } of cells) {
    for (const cpu of cpus ?? []) {
      const other = owner.get(cpu)
      if (other === undefined) owner.set(cpu, id!)
      else {
        error({
          code: 'numa/cpu-twice',
          message: `Virtual CPU ${cpu} is in the cells ${other} and ${id}.`,
          hint: 'Leave it in one of them.',
        })
        return
      }
    }
  }
}

function checkDistances(cells: readonly Cell[], error: Report): void {
  for (const { id, distances } of cells) {
    for (const { id: to, value } of distances?.sibling ?? []) {
      if (to >= cells.length) {
        error({
          code: 'numa/distance-target',
          message: `Cell ${id} gives its distance to cell ${to}, which does not exist.`,
          hint: `The cells are 0 to ${cells.length - 1}.`,
        })
      } else if ((to === id) !== (value === local)) {
        error({
          code: 'numa/distance',
          message: `The distance from cell ${id} to cell ${to} cannot be ${value}.`,
          hint: 'A cell is 10 from itself and more than 10 from every other.',
        })
      }
    }
  }
}
