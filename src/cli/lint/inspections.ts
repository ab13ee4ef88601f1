import { setImmediate } from 'node:timers/promises'
import type { Inspected } from '../../lint/inspect.ts'
import { chunksOf, isHeavy, isQuick } from './chunks.ts'
import { inspectFiles, type Job } from './task.ts'
import type { Workers } from './workers.ts'

/** Below this, starting workers costs more than they save. */
const WORTH_WORKERS = 300
/** So many chunks may be under way or wait for one before them: more than are inspected while a worker starts. */
const WAITING = 32

/** Whether workers save more than they cost, which the number of files tells for itself. */
export const areMany = (files: number): boolean => files >= WORTH_WORKERS

/** Inspects files and gives them in the order of `jobs`, whatever takes how long. */
export async function* inspections(jobs: readonly Job[], workers: Workers): AsyncGenerator<Inspected> {
  const chunks = chunksOf(jobs)
  if (!workers.areThere || !(areMany(jobs.length) || chunks.some(isHeavy))) {
    for (const chunk of chunks) yield* await inspectFiles(chunk.jobs)
    return
  }
  const waiting: Promise<Inspected[]>[] = []
  for (const chunk of chunks) {
    // This thread works, too: it has its code already, while others still load theirs.
    if (workers.isFree || !isQuick(chunk)) waiting.push(workers.run(chunk.jobs))
    else waiting.push(Promise.resolve(await inspectFiles(chunk.jobs, { rest: untilHeard })))
    while (waiting.length > WAITING) yield* await waiting.shift()!
  }
  for (const chunk of waiting) yield* await chunk
}

let heard: Promise<void> | undefined

/** Between two stages workers are heard, so that none of them waits for more to do: once for all files of a chunk. */
function untilHeard(): Promise<void> {
  heard ??= setImmediate().then(() => {
    heard = undefined
  })
  return heard
}
