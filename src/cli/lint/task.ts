import { type Inspected, inspect, unread } from '../../lint/inspect.ts'
import type { Circumstance } from '../../lint/settings/settings.ts'
import { readFileForLint } from './read-file.ts'
import { Targets } from './targets.ts'

/** A file to read and inspect, here or in a worker. */
export interface Job {
  readonly name: string
  readonly circumstance: Circumstance
  /** What other files may clash with is wanted, too. */
  readonly fleet: boolean
}

/** Of this thread: tables and hosts are loaded once, whoever asks first. */
export const targets = new Targets({ findingsOnly: true })

/** Reads and inspects one file. Never throws for what is in the file or wrong with it. */
export async function inspectFile({ name, circumstance, fleet }: Job, given?: Uint8Array): Promise<Inspected> {
  const read = given === undefined ? await readFileForLint(name) : { bytes: given }
  if ('problem' in read) return unread(name, '', [read.problem])
  try {
    return await inspect(read.bytes, { name, target: targets.for(circumstance), fleet })
  } catch (error) {
    return broken(name, error)
  }
}

/** A defect of ours: the file is told, the others are checked. */
export function broken(name: string, error: unknown): Inspected {
  const message = error instanceof Error ? error.message : String(error)
  const hint = 'Please report it with the file; the other files are checked.'
  return unread(name, '', [
    { code: 'lint/failure', severity: 'error', message: `domxml itself failed: ${message}`, hint },
  ])
}
