import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Inspected } from '../../lint/inspect.ts'
import { statsOf } from './stats-of.ts'
import { inspectFile, type Job } from './task.ts'
import { Workers } from './workers.ts'

/** Below this, starting workers costs more than they save. */
const WORTH_WORKERS = 300
/** A file of this size may take long or much memory: it is kept away from the run itself. */
const HEAVY_BYTES = 1024 * 1024
/** Beside workers, which can be given up, the run itself takes what is quick for certain. */
const QUICK_BYTES = 64 * 1024
const CHUNK = 16
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
  // Run from its sources, the tool has no worker to start.
  const isBuilt = existsSync(WORKER)
  if (!isBuilt || options.workers === 0 || !(jobs.length >= WORTH_WORKERS || jobs.some(isHeavy))) {
    for (const job of jobs) yield await inspectFile(job)
    return
  }
  // This thread works, too: it has its code already, while others still load theirs.
  const threads = Math.max(1, Math.min(options.workers, availableParallelism() - 1, Math.ceil(jobs.length / CHUNK)))
  const workers = await Workers.start(WORKER, threads, options.timeout)
  try {
    const waiting: Promise<Inspected[]>[] = []
    for (let at = 0; at < jobs.length; at += CHUNK) {
      const chunk = jobs.slice(at, at + CHUNK)
      if (workers.isFree || !chunk.every(isQuick)) waiting.push(workers.run(chunk))
      else waiting.push(Promise.resolve(await inspectHere(chunk)))
      while (waiting.length > WAITING) yield* await waiting.shift()!
    }
    for (const chunk of waiting) yield* await chunk
  } finally {
    await workers.end()
  }
}

/** Between two files workers are heard, so that none of them waits for more to do. */
async function inspectHere(chunk: readonly Job[]): Promise<Inspected[]> {
  const inspected: Inspected[] = []
  for (const job of chunk) {
    inspected.push(await inspectFile(job))
    await setImmediate()
  }
  return inspected
}

const sizeOf = ({ name }: Job): number => statsOf(name)?.size ?? 0
const isHeavy = (job: Job): boolean => sizeOf(job) > HEAVY_BYTES
const isQuick = (job: Job): boolean => sizeOf(job) <= QUICK_BYTES
