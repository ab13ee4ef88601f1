import type { Context } from '../../context/context.ts'
import type { DomainRule } from '../../context/unit.ts'
import { defaultRule } from '../../origin/origin.ts'
import { deviceTotal } from '../../parts/memory-backend/totals.ts'
import { currentMemory, memory } from './element.ts'

/** The total is the sum of cells and memory devices where the XML gives none, or may be corrected for a new guest. */
function sumUp(context: Context): void {
  const { definition } = context
  const cells = definition.cpu?.numa?.cell ?? []
  if (cells.length === 0) return
  if (definition.memory?.value !== undefined && !context.options.abiUpdate) return
  const total = cells.reduce((sum, cell) => sum + cell.memory, 0n) + deviceTotal(context)
  // Cells without memory leave what <memory> says.
  if (total === 0n && definition.memory?.value !== undefined) return
  const reason = defaultRule('memory/sum')
  if (definition.memory === undefined) {
    context.set(definition, 'memory', memory.create({ unit: 'KiB', value: total }), reason)
  } else if (definition.memory.value !== total) context.set(definition.memory, 'value', total, reason)
}

function fillCurrent(context: Context): void {
  const { memory: total, currentMemory: current } = context.definition
  if (total?.value === undefined || (current?.value && current.value <= total.value)) return
  const made = currentMemory.create({ unit: 'KiB', value: total.value })
  context.set(context.definition, 'currentMemory', made, defaultRule('memory/current'))
}

export const memoryDefaults: readonly DomainRule[] = [
  { name: 'memory/sum', doc: 'The total of cells and memory devices, where it is not given.', apply: sumUp },
  { name: 'memory/current', doc: 'All of it, where nothing or more is given.', apply: fillCurrent },
]
