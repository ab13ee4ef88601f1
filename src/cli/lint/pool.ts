import { setFlagsFromString } from 'node:v8'
import type { Options, Tinypool } from 'tinypool'

/**
 * How much runs before the engine optimizes a function: at its default, its compiler takes the processors from the
 * workers for longer than a run of a thousand files lasts (an eighth to a quarter of it).
 */
const engineFlag = '--interrupt-budget=1000000'
/** The engine of Node 20. Later ones do not know the flag and would say so to the user; their compilers take less time. */
const knowsFlag = process.versions.v8.startsWith('11.3.')

/** Alone in a chunk that Node itself loads (`../compiled.ts`), as it imports what is not in the bundle. */
export async function newPool(options: Options): Promise<Tinypool> {
  if (knowsFlag) setFlagsFromString(engineFlag)
  const { Tinypool } = await import('tinypool')
  return new Tinypool(options)
}
