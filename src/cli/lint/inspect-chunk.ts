import type { Inspected } from '../../lint/inspect.ts'
import { inspectFile, type Job } from './task.ts'

/** What a worker does: a chunk of files, one after another. */
export async function inspectChunk(jobs: readonly Job[]): Promise<Inspected[]> {
  const inspected: Inspected[] = []
  for (const job of jobs) inspected.push(await inspectFile(job))
  return inspected
}
