import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Inspected } from '../../lint/inspect.ts'
import { chunksOf, isHeavy, isQuick } from './chunks.ts'
import { inspectFiles, type Job } from './task.ts'
import { Workers } from './workers.ts'

/** Below this, starting workers costs more than they save. */
const WORTH_WORKERS = 300
/** So many chunks may be under way or wait for one before them: more than are inspected while a worker starts. */
const WAITING = 32
const WORKER = new URL('./lint-worker.cjs', import.meta.url)

export interface InspectionOptions {
  /** How long one file may take, in seconds. */
  readonly timeout: number
  /** How many threads beside this one at most; 0: all in this thread. */
  readonly workers: number
}

/** Inspects files and gives them in the order of `jobs`, whatever takes how long. */
export async function* inspections(jobs: readonly Job[], options: InspectionOptions): AsyncGenerator<Inspected> {
  const chunks = chunksOf(jobs)
  // Run from its sources, the tool has no worker to start.
  const isBuilt = existsSync(WORKER)
  if (!isBuilt || options.workers === 0 || !(jobs.length >= WORTH_WORKERS || chunks.some(isHeavy))) {
    for (const chunk of chunks) yield* await inspectFiles(chunk.jobs)
    return
  }
  // This thread works, too: it has its code already, while others still load theirs.
  const threads = Math.max(1, Math.min(options.workers, availableParallelism() - 1, chunks.length))
  const workers = await Workers.start(WORKER, threads, options.timeout)
  try {
    const waiting: Promise<Inspected[]>[] = []
    for (const chunk of chunks) {
      if (workers.isFree || !isQuick(chunk)) waiting.push(workers.run(chunk.jobs))
      else waiting.push(Promise.resolve(await inspectFiles(chunk.jobs, { rest: untilHeard })))
      while (waiting.length > WAITING) yield* await waiting.shift()!
    }
    for (const chunk of waiting) yield* await chunk
  } finally {
    await workers.end()
  }
}

/** Between two stages workers are heard, so that none of them waits for more to do. */
const untilHeard = () => setImmediate()
