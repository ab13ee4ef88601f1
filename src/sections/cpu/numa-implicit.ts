import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { defaultRule, type Origin } from '../../origin/origin.ts'
import { implicitCellSize } from '../../parts/memory-backend/implicit-cell.ts'
import { cpu as cpuElement } from './element.ts'
import { cell, type GuestNuma, numa } from './numa-element.ts'

const reason: Origin = defaultRule('cpu/numa-implicit')

/** One cell with all CPUs. */
function oneCell(context: Context): GuestNuma | undefined {
  const { cpu, vcpu } = context.definition
  const memory = implicitCellSize(context)
  if (memory === undefined || cpu?.numa !== undefined) return undefined
  const cpus = Array.from({ length: vcpu?.value ?? 1 }, (_, number) => number)
  const made = context.made(cell.create({ id: 0, cpus, memory, unit: 'KiB' }), reason)
  return context.made(numa.create({ cell: [made] }), reason)
}

export const implicitCell: DomainRule = {
  name: 'cpu/numa-implicit',
  doc: 'A new guest whose memory can grow has one NUMA cell where it describes none.',
  apply: (context) => {
    const { cpu } = context.definition
    const made = cpu && oneCell(context)
    if (made !== undefined) context.set(cpu!, 'numa', made, reason)
  },
}

/** Without a `<cpu>` in which it could stand, the definition does not show the cell, but QEMU is told of it. */
export function implicitCellAtStart(context: Context): void {
  const { definition } = context
  const made = definition.cpu === undefined ? oneCell(context) : undefined
  if (made !== undefined)
    context.set(definition, 'cpu', context.made(cpuElement.create({ numa: made }), reason), reason)
}
