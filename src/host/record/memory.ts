import type { HostFacts } from '../facts.ts'
import { numbered, numberIn, type TreeReader } from './reader.ts'

type HugePages = NonNullable<HostFacts['hugePages']>
type NumaNodes = NonNullable<HostFacts['numaNodes']>

const nodes = 'sys/devices/system/node'

/** NUMA nodes; undefined where the kernel knows none. */
export function recordNumaNodes(reader: TreeReader): NumaNodes | undefined {
  const found = numbered(reader, nodes, 'node').map(([id, name]) => ({
    id,
    cpus: reader.text(`${nodes}/${name}/cpulist`) ?? '',
  }))
  return found.length > 0 ? found : undefined
}

/** Pools of huge pages: first those of the whole machine, then those of each node; by size. */
export function recordHugePages(reader: TreeReader): HugePages {
  const machine = poolsIn(reader, 'sys/kernel/mm/hugepages')
  const byNode = numbered(reader, nodes, 'node').flatMap(([node, name]) =>
    poolsIn(reader, `${nodes}/${name}/hugepages`).map((pool) => ({ ...pool, node })),
  )
  return [...machine, ...byNode]
}

function poolsIn(reader: TreeReader, folder: string): { sizeKiB: number; total: number; free: number }[] {
  return (reader.list(folder) ?? [])
    .map((name) => ({ name, sizeKiB: Number(/^hugepages-(\d+)kB$/.exec(name)?.[1] ?? 0) }))
    .filter(({ sizeKiB }) => sizeKiB > 0)
    .sort((a, b) => a.sizeKiB - b.sizeKiB)
    .map(({ name, sizeKiB }) => ({
      sizeKiB,
      total: numberIn(reader, `${folder}/${name}/nr_hugepages`) ?? 0,
      free: numberIn(reader, `${folder}/${name}/free_hugepages`) ?? 0,
    }))
}

/** Size of a page in bytes, and of a transparent huge page in KiB. */
export function recordPageSizes(reader: TreeReader): { pageSizeBytes?: number; thpSizeKiB?: number } {
  const page = /^KernelPageSize:\s+(\d+) kB$/m.exec(reader.text('proc/self/smaps') ?? '')?.[1]
  const thp = numberIn(reader, 'sys/kernel/mm/transparent_hugepage/hpage_pmd_size')
  return {
    ...(page === undefined ? {} : { pageSizeBytes: Number(page) * 1024 }),
    ...(thp === undefined ? {} : { thpSizeKiB: thp / 1024 }),
  }
}
