import type { Context } from '../../context/context.ts'
import { deviceTotal } from './totals.ts'

/**
 * The memory of the NUMA cell that a guest gets without asking, in KiB: what its memory devices leave of its memory.
 * Memory that can grow belongs to a cell, so a guest that is new and describes none gets one. undefined where it gets
 * none. Source: oracle (11.3, 12.8), `<maxMemory>` without `<numa>` on nine machines, with each kind of memory device.
 */
export function implicitCellSize(context: Context): bigint | undefined {
  const { definition, options, machine, origins } = context
  const { memory, maxMemory, cpu } = definition
  if (!maxMemory?.value || !options.abiUpdate || machine.noImplicitCell) return undefined
  if (cpu?.numa !== undefined && origins.of(cpu.numa)?.kind === 'xml') return undefined
  const rest = (memory?.value ?? 0n) - deviceTotal(context)
  return rest > 0n ? rest : undefined
}
