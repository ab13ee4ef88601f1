import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { GuestNuma } from '../../definition.ts'

type Routes = NonNullable<GuestNuma['interconnects']>
type Latency = Routes['latency'][number]
type Bandwidth = Routes['bandwidth'][number]
type Cache = GuestNuma['cell'][number]['cache'][number]

/** What stands for a cache level in QEMU's words; the memory itself where there is none. */
const hierarchies = ['memory', 'first-level', 'second-level', 'third-level'] as const

const associativities: { readonly [A in Cache['associativity']]: string } = {
  none: 'none',
  direct: 'direct',
  full: 'complex',
}

const policies: { readonly [P in Cache['policy']]: string } = {
  none: 'none',
  writeback: 'write-back',
  writethrough: 'write-through',
}

/** Whether the guest gets an ACPI table of memory attributes (HMAT). */
export function describesMemory({ cell, interconnects }: GuestNuma): boolean {
  if (cell.some(({ cache }) => cache.length > 0)) return true
  return interconnects !== undefined && interconnects.latency.length + interconnects.bandwidth.length > 0
}

/** The cell whose CPUs are nearest: itself, else that of the least latency or most bandwidth, else the first with CPUs. */
export function initiatorOf(cell: number, numa: GuestNuma): number | undefined {
  if (numa.cell[cell]?.cpus !== undefined) return cell
  const toMemory = (it: Latency | Bandwidth) => it.target === cell && it.cache === undefined
  const { latency = [], bandwidth = [] } = numa.interconnects ?? {}
  const quickest = latency
    .filter(toMemory)
    .reduce<Latency | undefined>((a, b) => (a && a.value <= b.value ? a : b), undefined)
  const widest = bandwidth
    .filter(toMemory)
    .reduce<Bandwidth | undefined>((a, b) => (a && a.value >= b.value ? a : b), undefined)
  const first = numa.cell.findIndex(({ cpus }) => cpus !== undefined)
  return quickest?.initiator ?? widest?.initiator ?? (first < 0 ? undefined : first)
}

/** `-numa hmat-lb` and `-numa hmat-cache` (QEMU's -numa). */
export function printAttributes(numa: GuestNuma, out: CommandLineBuilder): void {
  for (const route of numa.interconnects?.latency ?? []) {
    out.keyValue('-numa', routeOf(route, 'latency').field('latency', route, 'value'), 'type')
  }
  for (const route of numa.interconnects?.bandwidth ?? []) {
    out.keyValue('-numa', routeOf(route, 'bandwidth').put('bandwidth', `${route.value}K`, of(route, 'value')), 'type')
  }
  for (const [index, cell] of numa.cell.entries()) {
    for (const cache of cell.cache) out.keyValue('-numa', cacheOf(cache, index), 'type')
  }
}

function routeOf(route: Latency | Bandwidth, what: string): Properties {
  return new Properties()
    .put('type', 'hmat-lb', rule('numa/hmat'))
    .field('initiator', route, 'initiator')
    .field('target', route, 'target')
    .put('hierarchy', hierarchies[route.cache ?? 0], of(route, 'cache'))
    .put('data-type', `${route.type}-${what}`, of(route, 'type'))
}

function cacheOf(cache: Cache, index: number): Properties {
  return new Properties()
    .put('type', 'hmat-cache', rule('numa/hmat'))
    .put('node-id', index, rule('numa/hmat'))
    .put('size', `${cache.size.value}K`, of(cache.size, 'value'))
    .field('level', cache, 'level')
    .put('associativity', associativities[cache.associativity], of(cache, 'associativity'))
    .put('policy', policies[cache.policy], of(cache, 'policy'))
    .put('line', cache.line.value || undefined, of(cache.line, 'value'))
}
