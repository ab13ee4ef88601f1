import type { Context } from '../context/context.ts'
import { acpiIndex } from './acpi-index.ts'
import { bootOrder } from './boot-order.ts'
import { duplicateDisk } from './duplicate-disk.ts'
import { knownIothread } from './known-iothread.ts'
import { oneTokenPerPf } from './one-token-per-pf.ts'
import { sharedMemory } from './shared-memory.ts'

/** Checks that span devices of several kinds. */
export const rules: readonly ((context: Context) => void)[] = [
  oneTokenPerPf,
  duplicateDisk,
  bootOrder,
  knownIothread,
  acpiIndex,
  sharedMemory,
]
