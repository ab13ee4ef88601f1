import { setFlagsFromString } from 'node:v8'

/**
 * How much runs before the engine optimizes a function: at its default, its compiler takes the processors from the threads
 * that inspect files for longer than a run of a thousand files lasts (an eighth to a quarter of it).
 */
const flag = '--interrupt-budget=1000000'
/** The engine of Node 20. Later ones do not know the flag and would say so to the user; their compilers take less time. */
const knowsFlag = process.versions.v8.startsWith('11.3.')

/**
 * Sets the engine up for a command. Before any code is loaded: what was compiled under other flags is refused.
 * @param word the first of the command line
 */
export function setUpEngine(word: string | undefined): void {
  if (word === 'lint' && knowsFlag) setFlagsFromString(flag)
}
