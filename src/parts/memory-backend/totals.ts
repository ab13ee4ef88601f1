import type { Context } from '../../context/context.ts'
import { memorySteps, startSize } from './size.ts'

/** What the memory devices of the guest have together, in KiB as defined. */
export function deviceTotal(context: Context): bigint {
  return context.devices.memory.reduce((sum, { target }) => sum + (target.size.value ?? 0n), 0n)
}

/** The size of a NUMA cell at the start, in KiB. */
export function cellSize(memory: bigint, context: Context): bigint {
  return startSize(memory, memorySteps(context).cells, context)
}

/** The memory the guest starts with less its memory devices, in KiB: the sum of the cells, or the rest of the total. */
export function initialSize(context: Context): bigint {
  const { memory, cpu } = context.definition
  const cells = cpu?.numa?.cell ?? []
  const rest = (memory?.value ?? 0n) - deviceTotal(context)
  if (cells.length === 0 || context.options.incoming !== undefined) return cellSize(rest > 0n ? rest : 0n, context)
  const ofCells = cells.reduce((sum, cell) => sum + cellSize(cell.memory, context), 0n)
  // Cells without any memory leave what <memory> says.
  return ofCells > 0n || rest <= 0n ? ofCells : cellSize(rest, context)
}

/** The most memory that devices may bring the guest to, in KiB at the start; undefined where it is not given. */
export function maximumSize(context: Context): bigint | undefined {
  const maximum = context.definition.maxMemory?.value
  return maximum === undefined ? undefined : cellSize(maximum, context)
}
