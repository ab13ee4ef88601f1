import { isPower } from '../../capabilities/table.ts'
import type { Context } from '../../context/context.ts'

const mebibyte = 1024n
const coarse = { cells: 256n * mebibyte, modules: 256n * mebibyte }
const fine = { cells: mebibyte, modules: 2n * mebibyte }

/** The largest size in KiB whose bytes fit a signed 64-bit number. */
export const largestKiB = 9_007_199_254_740_991n

/** In what steps of KiB a guest gets memory: POWER in blocks of 256 MiB, others in MiB, modules in 2 MiB. */
export function memorySteps({ arch }: Context): { readonly cells: bigint; readonly modules: bigint } {
  return isPower(arch) ? coarse : fine
}

export function roundUp(kib: bigint, step: bigint): bigint {
  return ((kib + step - 1n) / step) * step
}

/** A size as it is at the start: rounded up, except where a running guest comes in, whose sizes must stay. */
export function startSize(kib: bigint, step: bigint, context: Context): bigint {
  return context.options.incoming === undefined ? roundUp(kib, step) : kib
}
