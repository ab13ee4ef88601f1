import { type Inspected, type InspectOptions, inspect, unread } from '../../lint/inspect.ts'
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

export interface HowToInspect {
  /** What is in the file, where it was read already. */
  readonly given?: Uint8Array | undefined
  readonly rest?: InspectOptions['rest']
}

/** Reads and inspects files side by side, each stage for all of them; see `Staged`. */
export function inspectFiles(jobs: readonly Job[], how?: Omit<HowToInspect, 'given'>): Promise<Inspected[]> {
  return Promise.all(jobs.map((job) => inspectFile(job, how)))
}

/** Reads and inspects one file. Never throws for what is in the file or wrong with it. */
export async function inspectFile(job: Job, { given, rest }: HowToInspect = {}): Promise<Inspected> {
  const { name, circumstance, fleet } = job
  const read = given === undefined ? await readFileForLint(name) : { bytes: given }
  if ('problem' in read) return unread(name, '', [read.problem])
  try {
    return await inspect(read.bytes, { name, target: targets.for(circumstance), fleet, rest })
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
