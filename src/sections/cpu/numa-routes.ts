import type { Settling } from '../../codec/description.ts'

/** One latency or bandwidth. */
interface Route {
  readonly initiator: number
  readonly target: number
  readonly cache?: number
  readonly type: string
}

interface Cell {
  readonly cpus?: readonly number[]
  readonly cache: readonly { readonly level: number }[]
}

export interface Routes {
  readonly latency: readonly Route[]
  readonly bandwidth: readonly Route[]
}

/** Ways between cells are between cells that there are, to a cache that there is, each told once; libvirt 11.3 asked. */
export function checkRoutes(cells: readonly Cell[], { latency, bandwidth }: Routes, error: Settling['error']): void {
  for (const [name, routes] of [
    ['latency', latency],
    ['bandwidth', bandwidth],
  ] as const) {
    const seen = new Set<string>()
    for (const route of routes) {
      if (!isRead(route)) continue
      const fault = faultOf(route, cells)
      if (fault !== undefined) error({ code: 'numa/route', message: `A <${name}> ${fault}`, hint: hintOf(cells) })
      const way = [route.initiator, route.target, route.cache, route.type].join(' ')
      if (seen.has(way)) {
        error({
          code: 'numa/route-twice',
          message: `The ${name} from cell ${route.initiator} to cell ${route.target} is given twice.`,
          hint: `Keep one <${name}> of each type.`,
        })
      }
      seen.add(way)
    }
  }
}

/** False where an end could not be read, which is told already. */
const isRead = ({ initiator, target }: Partial<Route>) => initiator !== undefined && target !== undefined

const hintOf = (cells: readonly Cell[]) => `The cells are 0 to ${cells.length - 1}; those with CPUs ask.`

function faultOf({ initiator, target, cache }: Route, cells: readonly Cell[]): string | undefined {
  const from = cells[initiator]
  const to = cells[target]
  if (from === undefined) return `starts at cell ${initiator}, which does not exist.`
  if (to === undefined) return `leads to cell ${target}, which does not exist.`
  if (from.cpus === undefined) return `starts at cell ${initiator}, which has no CPUs that could ask.`
  if (cache === undefined || to.cache.some(({ level }) => level === cache)) return undefined
  return `leads to a cache of level ${cache}, which cell ${target} does not have.`
}

/** A cell has one cache of each level. */
export function checkCaches(cells: readonly Cell[], error: Settling['error']): void {
  cells.forEach(({ cache }, id) => {
    const levels = cache.map(({ level }) => level)
    const twice = levels.find((level, index) => levels.indexOf(level) !== index)
    if (twice === undefined) return
    error({
      code: 'numa/cache-twice',
      message: `Cell ${id} has two caches of level ${twice}.`,
      hint: 'Give each its own level.',
    })
  })
}
