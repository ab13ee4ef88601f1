import { statsOf } from './stats-of.ts'
import type { Job } from './task.ts'

/** A file of this size may take long or much memory: it is kept away from the run itself. */
const HEAVY_BYTES = 1024 * 1024
/** Beside workers, which can be given up, the run itself takes what is quick for certain. */
const QUICK_BYTES = 64 * 1024
/** So many domains go through a stage while its code is at hand; what they hold must stay at hand, too. */
const CHUNK = 16

/** Files that one thread inspects side by side. */
export interface Chunk {
  readonly jobs: readonly Job[]
  /** The bytes of its largest file. */
  readonly largest: number
}

export const isHeavy = ({ largest }: Chunk): boolean => largest > HEAVY_BYTES
export const isQuick = ({ largest }: Chunk): boolean => largest <= QUICK_BYTES

/** Files in their order; what is heavy is alone, and others together are not. */
export function chunksOf(jobs: readonly Job[]): Chunk[] {
  const chunks: { jobs: Job[]; bytes: number; largest: number }[] = []
  for (const job of jobs) {
    const bytes = statsOf(job.name)?.size ?? 0
    const last = chunks.at(-1)
    if (last === undefined || last.jobs.length === CHUNK || last.bytes + bytes > HEAVY_BYTES) {
      chunks.push({ jobs: [job], bytes, largest: bytes })
      continue
    }
    last.jobs.push(job)
    last.bytes += bytes
    last.largest = Math.max(last.largest, bytes)
  }
  return chunks
}
