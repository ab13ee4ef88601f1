import type { Context } from '../../context/context.ts'
import { implicitCellSize } from '../../parts/memory-backend/implicit-cell.ts'
import { deviceTotal } from '../../parts/memory-backend/totals.ts'
import { checkRounding } from './sizes.ts'

export function checkMemory(context: Context): void {
  const { memory, cpu } = context.definition
  const total = memory?.value ?? 0n
  if (total === 0n && !cpu?.numa?.cell.length) {
    context.error({
      code: 'memory/missing',
      message: 'The guest has no memory.',
      hint: "Add <memory unit='GiB'>…</memory>, or memory to its NUMA cells.",
      ...(memory && { at: memory }),
    })
    return
  }
  if (!cpu?.numa?.cell.length && deviceTotal(context) > total) {
    context.error({
      code: 'memory/devices-exceed-total',
      message: `The memory devices have ${deviceTotal(context)} KiB together, more than the ${total} KiB of <memory>.`,
      hint: '<memory> counts the devices too: raise it.',
      ...(memory && { at: memory, field: 'value' }),
    })
  }
  checkMaximum(total, context)
  checkRounding(context)
}

/** Memory that can grow needs cells that it belongs to; some machines do without. */
function checkMaximum(total: bigint, context: Context): void {
  const { maxMemory, cpu } = context.definition
  const { growsWithoutCells } = context.machine
  if (maxMemory === undefined) return
  if ((maxMemory.value ?? 0n) < total) {
    context.error({
      code: 'memory/maximum-too-small',
      message: `maxMemory is ${maxMemory.value ?? 0n} KiB, less than the ${total} KiB of <memory>.`,
      hint: 'Raise maxMemory.',
      at: maxMemory,
      field: 'value',
    })
  }
  if (cpu?.numa?.cell.length || implicitCellSize(context) !== undefined) return
  if (growsWithoutCells && context.plan.at(growsWithoutCells)) return
  context.error({
    code: 'memory/hotplug-without-numa',
    message: 'A guest whose memory can grow needs at least one NUMA cell.',
    hint: 'Add <numa> with one <cell> to <cpu>, or remove maxMemory.',
    at: maxMemory,
  })
}
