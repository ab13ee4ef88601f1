import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { dated } from '../../release/dated.ts'

/** A cell without memory is a node of devices since those can name one: the rest is then no cell's (libvirt 11.3 and 12.8 asked). */
const keepsMemoryless = dated(false, ['11.8', true])

/** Virtual CPUs that no cell names belong to the first. */
export const fillFirstCell: DomainRule = {
  name: 'cpu/numa-rest',
  doc: 'Virtual CPUs that no NUMA cell names belong to the first cell.',
  apply: (context) => {
    const cells = context.definition.cpu?.numa?.cell ?? []
    const first = cells[0]
    if (first === undefined || (first.memory === 0n && context.plan.at(keepsMemoryless))) return
    const named = new Set(cells.flatMap(({ cpus }) => cpus ?? []))
    const total = context.definition.vcpu?.value ?? 1
    if (named.size >= total) return
    const rest = Array.from({ length: total }, (_, cpu) => cpu).filter((cpu) => !named.has(cpu))
    if (rest.length === 0) return
    const cpus = [...(first.cpus ?? []), ...rest].sort((a, b) => a - b)
    context.set(first, 'cpus', cpus, defaultRule('cpu/numa-rest'))
  },
}

/** A cell cannot have a CPU that the guest has not. */
export function checkCellCpus(context: Context): void {
  const total = context.definition.vcpu?.value ?? 1
  for (const cell of context.definition.cpu?.numa?.cell ?? []) {
    const beyond = cell.cpus?.find((cpu) => cpu >= total)
    if (beyond === undefined) continue
    context.error({
      code: 'numa/no-such-cpu',
      message: `NUMA cell ${cell.id} has virtual CPU ${beyond}, but the guest has only ${total}.`,
      hint: total === 1 ? 'Its only CPU is 0.' : `Its CPUs are 0 to ${total - 1}.`,
      at: cell,
      field: 'cpus',
    })
  }
}
