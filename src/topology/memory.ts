import { formatRanges } from '../fragments/number-ranges.ts'
import { type Plan, placeOf } from './plan.ts'

const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/** A size in KiB in the largest unit that keeps it whole: `8 GiB`, `1536 MiB`. */
export function sizeText(kib: bigint | undefined): string | undefined {
  if (kib === undefined) return undefined
  let value = kib
  let unit = 0
  while (value > 0n && value % 1024n === 0n && unit < units.length - 1) {
    value /= 1024n
    unit++
  }
  return `${value} ${units[unit]}`
}

export const cellId = (number: number) => `cell:${number}`

/** Processors and memory: by NUMA cell where the guest has cells. */
export function addProcessorsAndMemory(plan: Plan, guest: string): void {
  const { definition, origins } = plan.context
  const { cpu, vcpu, memory, maxMemory } = definition
  const most = vcpu?.value ?? 1
  const topology = cpu?.topology
  plan.put(
    plan.add({
      id: 'processors',
      group: 'processor',
      title: most === 1 ? '1 CPU' : `${vcpu?.current === undefined ? '' : `${vcpu.current} of `}${most} CPUs`,
      facts: [
        cpu?.model?.value ?? cpu?.mode,
        topology && `${topology.sockets} × ${topology.cores} × ${topology.threads} (sockets, cores, threads)`,
      ],
      place: placeOf(origins, vcpu ?? cpu ?? definition),
    }),
    guest,
  )
  plan.put(
    plan.add({
      id: 'memory',
      group: 'memory',
      title: `memory ${sizeText(memory?.value) ?? ''}`.trim(),
      facts: [maxMemory && `up to ${sizeText(maxMemory.value)}`, hugePages(plan)],
      place: memory && placeOf(origins, memory),
    }),
    guest,
  )
  cpu?.numa?.cell.forEach((cell, index) => {
    const id = plan.add({
      id: cellId(cell.id ?? index),
      group: 'memory',
      title: `NUMA cell ${cell.id ?? index}`,
      facts: [cell.cpus && `CPUs ${formatRanges(cell.cpus)}`, sizeText(cell.memory), cell.memAccess],
      place: placeOf(origins, cell),
    })
    plan.put(id, guest)
  })
}

function hugePages(plan: Plan): string | undefined {
  return plan.context.definition.memoryBacking?.hugepages === undefined ? undefined : 'huge pages'
}
