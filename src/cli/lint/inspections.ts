import { existsSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Inspected, unread } from '../../lint/inspect.ts'
import { broken, inspectFile, type Job } from './task.ts'

/** Below this, starting workers costs more than they save. */
const WORTH_WORKERS = 300
/** A file of this size may take long or much memory: it is kept away from the run itself. */
const HEAVY_BYTES = 1024 * 1024
const CHUNK = 32
const WORKER = new URL('./lint-worker.cjs', import.meta.url)
const WORKER_MEMORY_MIB = 1024

export interface InspectionOptions {
  /** How long one file may take, in seconds. */
  readonly timeout: number
  /** How many workers at most; 0: all in this thread. */
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
  const { newPool } = await import('./pool.ts')
  const threads = Math.max(1, Math.min(options.workers, availableParallelism(), Math.ceil(jobs.length / CHUNK)))
  const pool = await newPool({
    filename: WORKER.href,
    minThreads: 1,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MIB },
    runtime: 'worker_threads',
  })
  /** Runs a chunk within its time; a chunk that fails is run again file by file, so that only one file pays. */
  const run = async (chunk: readonly Job[]): Promise<Inspected[]> => {
    const seconds = options.timeout * (chunk.length === 1 ? 1 : 2)
    const clock = new AbortController()
    const timer = setTimeout(() => clock.abort(), seconds * 1000)
    try {
      return (await pool.run(chunk, { signal: clock.signal })) as Inspected[]
    } catch (error) {
      const [only] = chunk
      if (chunk.length === 1 && only) return [clock.signal.aborted ? tooLong(only.name, seconds) : failed(only, error)]
      const each: Inspected[] = []
      for (const job of chunk) each.push(...(await run([job])))
      return each
    } finally {
      clearTimeout(timer)
    }
  }
  try {
    // Only so many chunks are under way: what is finished waits for its turn in memory.
    const waiting: Promise<Inspected[]>[] = []
    for (let at = 0; at < jobs.length; at += CHUNK) {
      waiting.push(run(jobs.slice(at, at + CHUNK)))
      if (waiting.length > threads * 2) yield* await waiting.shift()!
    }
    for (const chunk of waiting) yield* await chunk
  } finally {
    await pool.destroy()
  }
}

function isHeavy({ name }: Job): boolean {
  return (statSync(name, { throwIfNoEntry: false })?.size ?? 0) > HEAVY_BYTES
}

function tooLong(name: string, seconds: number): Inspected {
  const message = `It took more than ${seconds} seconds and was given up.`
  const hint = 'Raise --timeout where the file is really that large.'
  return unread(name, '', [{ code: 'file/too-slow', severity: 'error', message, hint }])
}

function failed({ name }: Job, error: unknown): Inspected {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!isMemory) return broken(name, error)
  const message = `It took more than ${WORKER_MEMORY_MIB} MiB of memory and was given up.`
  const hint = 'Split the document, or leave it out with `ignore` in the configuration.'
  return unread(name, '', [{ code: 'file/too-large', severity: 'error', message, hint }])
}
