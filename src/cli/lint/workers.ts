import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Inspected, unread } from '../../lint/inspect.ts'
import { broken, type Job } from './task.ts'
import { GivenUp, MEMORY_MIB, Thread } from './thread.ts'

const WORKER = new URL('./lint-worker.cjs', import.meta.url)
/** Started for fewer files, a thread takes longer to load its code than it saves. */
const WORTH_A_THREAD = 64
/** A thread has one chunk under way and one that waits for it. */
const AHEAD = 2

export interface WorkersOptions {
  /** How long one file may take, in seconds. */
  readonly timeout: number
  /** How many threads beside the first at most; 0: none. */
  readonly workers: number
}

/**
 * How many threads beside the first inspect so many files.
 * @param processors of which the first thread has one
 */
export function threadsFor(files: number, workers: number, processors: number): number {
  return Math.min(workers, Math.max(1, processors - 1), Math.ceil(files / WORTH_A_THREAD))
}

/** Threads beside the first that inspect chunks of files. They start when they are needed. */
export class Workers {
  readonly #threads: readonly Thread[]
  readonly #timeout: number

  /** @param files how many there are */
  constructor(files: number, { timeout, workers }: WorkersOptions) {
    // Run from its sources, the tool has no worker to start.
    const most = existsSync(WORKER) ? threadsFor(files, workers, availableParallelism()) : 0
    this.#threads = Array.from({ length: most }, () => new Thread(WORKER))
    this.#timeout = timeout
  }

  get areThere(): boolean {
    return this.#threads.length > 0
  }

  /** False where each has a chunk and another one waits for it. */
  get isFree(): boolean {
    return this.#threads.some(({ load }) => load < AHEAD)
  }

  /** Starts them: there will be much to do. */
  start(): void {
    for (const thread of this.#threads) thread.start()
  }

  /** A chunk that fails is run again file by file, so that only one file pays. */
  async run(chunk: readonly Job[]): Promise<Inspected[]> {
    const [only] = chunk
    const thread = this.#threads.reduce((least, it) => (it.load < least.load ? it : least))
    const seconds = this.#timeout * (chunk.length === 1 ? 1 : 2)
    try {
      return await thread.inspect(chunk, seconds)
    } catch (error) {
      if (chunk.length === 1 && only) return [failed(only, error, seconds)]
      const each: Inspected[] = []
      for (const job of chunk) each.push(...(await this.run([job])))
      return each
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()))
  }
}

function failed({ name }: Job, error: unknown, seconds: number): Inspected {
  if (!(error instanceof GivenUp)) return broken(name, error)
  return unread(name, '', [
    error.why === 'time'
      ? {
          code: 'file/too-slow',
          severity: 'error',
          message: `It took more than ${seconds} seconds and was given up.`,
          hint: 'Raise --timeout where the file is really that large.',
        }
      : {
          code: 'file/too-large',
          severity: 'error',
          message: `It took more than ${MEMORY_MIB} MiB of memory and was given up.`,
          hint: 'Split the document, or leave it out with `ignore` in the configuration.',
        },
  ])
}
