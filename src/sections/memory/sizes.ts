import type { Context } from '../../context/context.ts'
import { largestKiB, memorySteps, roundUp } from '../../parts/memory-backend/size.ts'
import { initialSize, maximumSize } from '../../parts/memory-backend/totals.ts'

/** Sizes must still fit a signed 64-bit number of bytes once they are rounded up. */
export function checkRounding(context: Context): void {
  const { memory, maxMemory, cpu } = context.definition
  const { cells: step, modules } = memorySteps(context)
  const refuse = (what: string, at: object | undefined, field: string) =>
    context.error({
      code: 'memory/too-large',
      message: `The size of ${what} is beyond what a guest can have once it is rounded up to ${step / 1024n} MiB.`,
      hint: 'Choose a smaller size.',
      ...(at && { at, field }),
      when: 'start',
    })
  const cells = cpu?.numa?.cell ?? []
  for (const cell of cells) {
    if (roundUp(cell.memory, step) > largestKiB) refuse(`NUMA cell ${cell.id}`, cell, 'memory')
  }
  if (cells.length === 0 && initialSize(context) > largestKiB) refuse("the guest's memory", memory, 'value')
  if ((maximumSize(context) ?? 0n) > largestKiB) refuse('maxMemory', maxMemory, 'value')
  for (const device of context.devices.memory) {
    const { size } = device.target
    if (roundUp(size.value ?? 0n, modules) > largestKiB) refuse('a memory device', size, 'value')
  }
}
