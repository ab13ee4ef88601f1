import { rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { printCells } from './cells.ts'
import { printDistances } from './distances.ts'
import { describesMemory, printAttributes } from './hmat.ts'

function checkHmat(context: Context): void {
  const numa = context.definition.cpu?.numa
  if (numa === undefined || !describesMemory(numa) || context.capabilities.has('numa.hmat')) return
  context.error({
    code: 'numa/hmat-unsupported',
    message: 'This QEMU cannot describe caches, latencies and bandwidths of NUMA cells (capability numa.hmat).',
    hint: 'Use QEMU 5.0 or later, or remove <interconnects> and the <cache> of cells.',
    at: numa,
  })
}

export const numaSection = {
  validate: checkHmat,
  contribute: (context, { machine }) => {
    const numa = context.definition.cpu?.numa
    if (numa && describesMemory(numa)) machine.put('hmat', true, rule('numa/hmat'))
  },
  argv: {
    cells: (context, out) => {
      const numa = context.definition.cpu?.numa
      if (numa === undefined || numa.cell.length === 0) return
      printCells(numa, context, out)
      printDistances(numa, out)
      printAttributes(numa, out)
    },
  },
} satisfies Section
