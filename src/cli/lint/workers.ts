import type { Tinypool } from 'tinypool'
import { type Inspected, unread } from '../../lint/inspect.ts'
import { broken, type Job } from './task.ts'

const MEMORY_MIB = 1024

/** Threads that inspect chunks of files, each within its time and memory. */
export class Workers {
  readonly #pool: Tinypool
  readonly #timeout: number
  readonly #enough: number
  #underWay = 0

  private constructor(pool: Tinypool, threads: number, timeout: number) {
    this.#pool = pool
    this.#timeout = timeout
    this.#enough = threads * 2
  }

  /**
   * @param file the worker's code
   * @param timeout how long one file may take, in seconds
   */
  static async start(file: URL, threads: number, timeout: number): Promise<Workers> {
    const { newPool } = await import('./pool.ts')
    const pool = await newPool({
      filename: file.href,
      minThreads: 1,
      maxThreads: threads,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
      // By the command the worker finds the code that is kept.
      argv: process.argv.slice(2, 3),
      runtime: 'worker_threads',
    })
    return new Workers(pool, threads, timeout)
  }

  /** False where each has a chunk and another one waits for it. */
  get isFree(): boolean {
    return this.#underWay < this.#enough
  }

  async run(chunk: readonly Job[]): Promise<Inspected[]> {
    this.#underWay++
    try {
      return await this.#inspect(chunk)
    } finally {
      this.#underWay--
    }
  }

  async end(): Promise<void> {
    await this.#pool.destroy()
  }

  /** A chunk that fails is run again file by file, so that only one file pays. */
  async #inspect(chunk: readonly Job[]): Promise<Inspected[]> {
    const seconds = this.#timeout * (chunk.length === 1 ? 1 : 2)
    const clock = new AbortController()
    const timer = setTimeout(() => clock.abort(), seconds * 1000)
    try {
      return (await this.#pool.run(chunk, { signal: clock.signal })) as Inspected[]
    } catch (error) {
      const [only] = chunk
      if (chunk.length === 1 && only) return [clock.signal.aborted ? tooLong(only.name, seconds) : failed(only, error)]
      const each: Inspected[] = []
      for (const job of chunk) each.push(...(await this.#inspect([job])))
      return each
    } finally {
      clearTimeout(timer)
    }
  }
}

function tooLong(name: string, seconds: number): Inspected {
  const message = `It took more than ${seconds} seconds and was given up.`
  const hint = 'Raise --timeout where the file is really that large.'
  return unread(name, '', [{ code: 'file/too-slow', severity: 'error', message, hint }])
}

function failed({ name }: Job, error: unknown): Inspected {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (!isMemory) return broken(name, error)
  const message = `It took more than ${MEMORY_MIB} MiB of memory and was given up.`
  const hint = 'Split the document, or leave it out with `ignore` in the configuration.'
  return unread(name, '', [{ code: 'file/too-large', severity: 'error', message, hint }])
}
