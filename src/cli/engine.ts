import { setFlagsFromString } from 'node:v8'

/**
 * For many files. How much runs before the engine optimizes a function: at its default, its compiler takes the processors
 * from the threads that inspect files for longer than a run of a thousand files lasts (an eighth to a quarter of it). Only
 * Node 20's engine knows the flag, later ones would say so to the user; their compilers take less time.
 */
const lateOptimizing = process.versions.v8.startsWith('11.3.') ? ['--interrupt-budget=1000000'] : []
/** What a thread holds, in MiB, before its first search for what is old and unused: a run of a thousand files ends before. */
const lateCollecting = '--initial-old-space-size=256'
/** Threads of its own the engine takes from those that inspect files: all processors have one. */
const aloneCollecting = '--no-parallel-scavenge'

/**
 * Sets the engine up for a command. Before any code is loaded: what was compiled under other flags is refused.
 * @param word the first of the command line
 */
export function setUpEngine(word: string | undefined): void {
  if (word === 'lint') for (const flag of [...lateOptimizing, lateCollecting, aloneCollecting]) setFlagsFromString(flag)
}
