import type { From } from '../argv/piece.ts'
import type { Context } from './context.ts'
import { startKey } from './start.ts'

/** A program that QEMU itself starts, which its sandbox would forbid. */
export interface Spawned {
  readonly what: string
  readonly from: From
}

const key = startKey<Spawned>('a helper that QEMU starts')

/** Says, before anything is printed, that QEMU starts a program by itself. */
export function willSpawn(spawned: Spawned, context: Context): void {
  context.start.set(key, context.definition, spawned)
}

export function spawnsHelper(context: Context): Spawned | undefined {
  return context.start.get(key, context.definition)
}
